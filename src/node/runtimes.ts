import {type Runtimes, RuntimesByCode} from "#core";
import type {CryptoSuite} from "#crypto";
import {createKhalaEngine} from "#runtime";
import type {RuntimeEngine} from "#runtime-api";
import {createWasmEngine} from "#wasm-runtime";

/**
 * The engines that this program has, and `more`: whatever else of the node runs a runtime is handed this. Code that stands
 * for a runtime of ours is a module too, so that the engine for modules of others is asked last.
 */
export function createRuntimes(
  crypto: Pick<CryptoSuite, "hashing" | "signatures">,
  more: readonly RuntimeEngine[] = [],
): Runtimes {
  return new RuntimesByCode(
    [createKhalaEngine(crypto), ...more, createWasmEngine(crypto)],
    crypto.hashing,
  );
}
