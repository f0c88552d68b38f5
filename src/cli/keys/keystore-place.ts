import {readFileSync} from "node:fs";
import type {SpecGenesis} from "#chain-spec";
import {chainFolders, lockHolder} from "#store";
import {BASE_PATH_FLAG, basePathOf} from "../base-path.ts";
import {CHAIN_FLAGS, chainOf} from "../chain-flags.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {Flag, FlagValues} from "../flags/index.ts";
import {readPasswordFile} from "../password-file.ts";
import {CONFIG_FLAG} from "../settings/layers.ts";

/** Which keystore on this machine's disk. */
export const KEYSTORE_FLAGS: readonly Flag[] = [
  CONFIG_FLAG,
  ...CHAIN_FLAGS,
  BASE_PATH_FLAG,
  {
    name: "keystore-path",
    group: "Data",
    values: "one",
    placeholder: "PATH",
    docs: "the keystore, instead of the chain's own",
  },
  {
    name: "password-filename",
    group: "Data",
    values: "one",
    placeholder: "FILE",
    docs: "file with the password of the keystore, if the node has one",
  },
];

export interface KeystorePlace {
  /** The chain's id; null where only a keystore was named. */
  readonly chain: string | null;
  /** How the chain begins; undefined likewise. */
  readonly genesis: SpecGenesis | undefined;
  readonly keystore: string;
  /** The signing guard's folder; undefined where only a keystore was named. */
  readonly guard: string | undefined;
  /** What tells whether a node runs there; undefined likewise. */
  readonly lock: string | undefined;
  readonly password: string | undefined;
}

/** Where the keys are; a chain has to be named, since keys in another chain's folder are as good as lost. */
export function keystorePlace(values: FlagValues): KeystorePlace {
  const named = values.one("keystore-path");
  const file = values.one("password-filename");
  const password = file === undefined ? undefined : passwordIn(file);
  if (!values.has("chain") && !values.has("dev")) {
    if (named !== undefined)
      return {
        chain: null,
        genesis: undefined,
        keystore: named,
        guard: undefined,
        lock: undefined,
        password,
      };
    throw new DeskError({
      code: "chain-missing",
      what: "the keystore of which chain?",
      todo: "--chain dev|local|standalone|FILE with the node's --base-path, or --keystore-path PATH",
    });
  }
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) throw new DeskError(chosen.error);
  const {id, genesis} = chosen.value.spec;
  const {keystore, guard, lock} = chainFolders(basePathOf(values), id);
  return {chain: id, genesis, keystore: named ?? keystore, guard, lock, password};
}

function passwordIn(file: string): string {
  const password = readPasswordFile(file);
  if (password.ok) return password.value;
  throw new DeskError({
    code: "flag-invalid",
    what: `--password-filename ${file}: expected ${password.error}`,
    todo: "check the path, its permissions, and what is in it",
  });
}

/** Keys are moved while nobody signs with them: what a running node signs meanwhile would not go with them. */
export function refuseWhileRunning({lock}: KeystorePlace): void {
  const holder = lock === undefined ? undefined : lockHolder(lock);
  if (holder === undefined) return;
  throw new DeskError({
    code: "node-running",
    what: "a node runs in this base path, and may sign with its keys at any moment",
    facts: [["process", String(holder)]],
    todo: "stop it, and run this again",
  });
}

/** A file's text; its path and the system's reason where there is none. */
export function readFile(file: string | number): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new DeskError({
      code: "file-unreadable",
      what: `${typeof file === "number" ? `file descriptor ${file}` : file} cannot be read`,
      facts: [["reason", (error as NodeJS.ErrnoException).code ?? "unknown"]],
      todo: "check the path and its permissions",
    });
  }
}
