import {bytesToHex, LruCache, type Result} from "#base";
import type {RuntimeCode} from "#runtime-api";
import {type PreparedCode, prepareCode, prepareCodeAhead} from "./create-runtime.ts";

/**
 * Codes that stay compiled: a chain has one, and the next one in an upgrade; who looks back into its past needs others. Each is
 * some ten megabytes.
 */
const KEPT_CODES = 4;

/**
 * Compiled codes by their hashes. What code comes to does not depend on who asks, and compiling a parachain's takes a quarter
 * of a second: whoever runs chains in one process shares them.
 */
export class PreparedCodes {
  readonly #codes = new LruCache<string, Result<PreparedCode, string>>(KEPT_CODES);

  /** In one go, where it is not there yet. The failure is a reason in words. */
  of({bytes, hash}: RuntimeCode): Result<PreparedCode, string> {
    const key = bytesToHex(hash);
    const prepared = this.#codes.get(key) ?? prepareCode(bytes);
    this.#codes.set(key, prepared);
    return prepared;
  }

  /** Gets it ready, and lets other work have its turn meanwhile. */
  async prepare({bytes, hash}: RuntimeCode, rest: () => Promise<void>): Promise<void> {
    const key = bytesToHex(hash);
    if (this.#codes.has(key)) return;
    const prepared = await prepareCodeAhead(bytes, rest);
    // It may have been asked for meanwhile.
    if (!this.#codes.has(key)) this.#codes.set(key, prepared);
  }
}
