import {type Runtimes, RuntimesByCode} from "#core";
import type {CryptoSuite} from "#crypto";
import {createKhalaEngine} from "#runtime";

/** The engines that this program has: whatever else of the node runs a runtime is handed this. */
export function createRuntimes(crypto: Pick<CryptoSuite, "hashing" | "signatures">): Runtimes {
  return new RuntimesByCode([createKhalaEngine(crypto)], crypto.hashing);
}
