import {type Runtimes, RuntimesByCode} from "#core";
import type {CryptoSuite} from "#crypto";
import {createKhalaEngine} from "#runtime";
import type {RuntimeEngine} from "#runtime-api";

/** The engines that this program has, and `more`: whatever else of the node runs a runtime is handed this. */
export function createRuntimes(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  more: readonly RuntimeEngine[] = [],
): Runtimes {
  return new RuntimesByCode([createKhalaEngine(crypto), ...more], crypto.hashing);
}
