import {readFileSync, rmSync} from "node:fs";
import {homedir} from "node:os";
import {join} from "node:path";
import {bytesToHex, hexToBytes} from "#base";
import {makeFolder, replaceFile} from "#durable-file";
import type {GeneratedKeys} from "#runtime-api";

/**
 * Remembers the session keys that a node made for an account until they are on the chain, so that a command that was
 * interrupted goes on with them. Public keys only, and the proof that the node has their secrets where the chain wants one;
 * a node cannot be asked which keys it has, just whether it has these.
 */
export class MadeKeys {
  readonly #folder: string;
  readonly #file: string;

  constructor(genesisHash: Uint8Array, account: Uint8Array) {
    const state = process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state");
    this.#folder = join(state, "khala", "made-keys");
    const short = (bytes: Uint8Array) => bytesToHex(bytes).slice(2, 18);
    this.#file = join(this.#folder, `${short(genesisHash)}-${short(account)}`);
  }

  get(): GeneratedKeys | undefined {
    try {
      const [first = "", second = ""] = readFileSync(this.#file, "utf8").trim().split(" ");
      const keys = hexToBytes(first);
      return keys === undefined ? undefined : {keys, proof: hexToBytes(second)};
    } catch {
      return undefined;
    }
  }

  /** Where it cannot be written, an interrupted command makes new keys: a nuisance, not a fault. */
  set({keys, proof}: GeneratedKeys): void {
    const line =
      proof === undefined ? bytesToHex(keys) : `${bytesToHex(keys)} ${bytesToHex(proof)}`;
    try {
      makeFolder(this.#folder, 0o700);
      replaceFile(this.#file, `${line}\n`);
    } catch {
      // As above.
    }
  }

  forget(): void {
    rmSync(this.#file, {force: true});
  }
}
