import {bytesToBinary, bytesToHex, err, LruCache, ok, type Result} from "#base";
import {HEAP_PAGES_KEY} from "#primitives";
import {
  type EngineFailure,
  isPacked,
  type Runtime,
  type RuntimeCode,
  type RuntimeEngine,
} from "#runtime-api";
import type {StateView} from "#state";
import {
  createRuntime,
  DEFAULT_HEAP_PAGES,
  type RuntimeOptions,
  type WasmCrypto,
} from "./create-runtime.ts";

/** Codes that stay compiled: a chain has one, and the next one in an upgrade. */
const KEPT_CODES = 4;

/** How code begins that this engine is for, if it is not compressed: a module, or a program for another machine. */
const BEGINNINGS = ["\0asm", "PVM"];

export type WasmEngineOptions = Omit<RuntimeOptions, "heapPages">;

/** Runs runtimes that were built for Substrate, whatever chain they are of (spec/wasm-engine). */
export function createWasmEngine(
  crypto: WasmCrypto,
  options: WasmEngineOptions = {},
): RuntimeEngine {
  const made = new LruCache<string, Result<Runtime, EngineFailure>>(KEPT_CODES);
  return {
    takes({bytes}) {
      const beginning = bytesToBinary(bytes.subarray(0, 8));
      return isPacked(bytes) || BEGINNINGS.some(one => beginning.startsWith(one));
    },
    runtimeOf({bytes, hash}: RuntimeCode, state: Pick<StateView, "get">) {
      const heapPages = readHeapPages(state.get(HEAP_PAGES_KEY));
      const key = `${bytesToHex(hash)} ${heapPages}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const runtime = createRuntime(bytes, crypto, {...options, heapPages});
      const result = runtime.ok ? ok(runtime.value) : err(unusable(runtime.error));
      made.set(key, result);
      return result;
    },
  };
}

const unusable = (reason: string): EngineFailure => ({
  reason: `the chain's runtime (:code) cannot be run: ${reason}`,
  isOfOtherVersion: false,
});

/** SCALE of u64, cut to 32 bits as upstream does; what is not that long counts for nothing. */
function readHeapPages(value: Uint8Array | undefined): number {
  if (value === undefined || value.length < 8) return DEFAULT_HEAP_PAGES;
  return new DataView(value.buffer, value.byteOffset).getUint32(0, true);
}
