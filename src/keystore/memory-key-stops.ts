import {ok} from "#base";
import {keyFileName} from "./key-files.ts";
import {type KeyStop, type KeyStops, stoppedKey} from "./key-stops.ts";

/** Stops that end with the process. */
export function createMemoryKeyStops(): KeyStops {
  const stops = new Map<string, KeyStop>();
  return {
    all: () => ok([...stops].flatMap(([name, stop]) => stoppedKey(name, stop) ?? [])),
    of: (keyType, publicKey) => ok(stops.get(keyFileName(keyType, publicKey))),
    stop(keyType, publicKey, stop) {
      stops.set(keyFileName(keyType, publicKey), stop);
      return ok();
    },
    resume: (keyType, publicKey) => ok(stops.delete(keyFileName(keyType, publicKey))),
  };
}
