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
  DEFAULT_HEAP_PAGES,
  type PreparedCode,
  prepareCode,
  prepareCodeAhead,
  type RuntimeOptions,
  runtimeFrom,
  type WasmCrypto,
} from "./create-runtime.ts";

/**
 * Codes that stay compiled: a chain has one, and the next one in an upgrade; who looks back into its past needs others. Each is
 * some ten megabytes.
 */
const KEPT_CODES = 4;

/** How code begins that this engine is for, if it is not compressed: a module, or a program for another machine. */
const BEGINNINGS = ["\0asm", "PVM"];

export interface WasmEngineOptions extends Omit<RuntimeOptions, "heapPages"> {
  /** Lets other work have its turn while code is got ready; without it that is done in one go. */
  readonly yieldThread?: () => Promise<void>;
}

/** A code, and the runtime made from it last: how much heap it has the state says. */
interface Kept {
  readonly prepared: Result<PreparedCode, string>;
  last?: {readonly heapPages: number; readonly runtime: Result<Runtime, EngineFailure>};
}

/** Runs runtimes that were built for Substrate, whatever chain they are of (spec/wasm-engine). */
export function createWasmEngine(
  crypto: WasmCrypto,
  {yieldThread = async () => {}, ...options}: WasmEngineOptions = {},
): RuntimeEngine {
  const codes = new LruCache<string, Kept>(KEPT_CODES);
  const make = (kept: Kept, heapPages: number): Result<Runtime, EngineFailure> => {
    const {prepared} = kept;
    const runtime = prepared.ok
      ? runtimeFrom(prepared.value, crypto, {...options, heapPages})
      : prepared;
    const result = runtime.ok ? ok(runtime.value) : err(unusable(runtime.error));
    kept.last = {heapPages, runtime: result};
    return result;
  };
  return {
    takes({bytes}) {
      const beginning = bytesToBinary(bytes.subarray(0, 8));
      return isPacked(bytes) || BEGINNINGS.some(one => beginning.startsWith(one));
    },
    runtimeOf({bytes, hash}: RuntimeCode, state: Pick<StateView, "get">) {
      const heapPages = readHeapPages(state.get(HEAP_PAGES_KEY));
      const key = bytesToHex(hash);
      const kept = codes.get(key) ?? {prepared: prepareCode(bytes)};
      codes.set(key, kept);
      return kept.last?.heapPages === heapPages ? kept.last.runtime : make(kept, heapPages);
    },
    async prepare({bytes, hash}: RuntimeCode) {
      const key = bytesToHex(hash);
      if (codes.has(key)) return;
      const prepared = await prepareCodeAhead(bytes, yieldThread);
      // It may have been asked for meanwhile.
      if (!codes.has(key)) codes.set(key, {prepared});
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
