import {ok} from "#base";
import type {KeyFiles} from "./key-files.ts";
import {Keystore, type KeystoreDependencies} from "./keystore.ts";
import {createMemoryKeyStops} from "./memory-key-stops.ts";

/** Keys that end with the process. */
export function createMemoryKeystore(
  dependencies: KeystoreDependencies,
  options: {readonly password?: string} = {},
): Keystore {
  const secrets = new Map<string, string>();
  const files: KeyFiles = {
    check: () => ok(),
    names: () => [...secrets.keys()],
    has: name => secrets.has(name),
    read: name => ok(secrets.get(name)),
    write: (name, secretUri) => {
      secrets.set(name, secretUri);
      return ok();
    },
    describe: name => `key ${name} in memory`,
  };
  return new Keystore({files, stops: createMemoryKeyStops()}, options.password, dependencies);
}
