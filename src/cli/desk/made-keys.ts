import {readFileSync, rmSync} from "node:fs";
import {homedir} from "node:os";
import {join} from "node:path";
import {bytesToHex, hexToBytes} from "#base";
import {makeFolder, replaceFile} from "#durable-file";

/**
 * Remembers the session keys that a node made for an account until they are on the chain, so that a command that was
 * interrupted goes on with them. Public keys only; a node cannot be asked which keys it has, just whether it has these.
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

  get(): Uint8Array | undefined {
    try {
      return hexToBytes(readFileSync(this.#file, "utf8").trim());
    } catch {
      return undefined;
    }
  }

  /** Where it cannot be written, an interrupted command makes new keys: a nuisance, not a fault. */
  set(keys: Uint8Array): void {
    try {
      makeFolder(this.#folder, 0o700);
      replaceFile(this.#file, `${bytesToHex(keys)}\n`);
    } catch {
      // As above.
    }
  }

  forget(): void {
    rmSync(this.#file, {force: true});
  }
}
