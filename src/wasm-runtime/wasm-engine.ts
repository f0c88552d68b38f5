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
  type RuntimeOptions,
  runtimeFrom,
  type WasmCrypto,
} from "./create-runtime.ts";
import {PreparedCodes} from "./prepared-codes.ts";

/** Runtimes that stay made: of a chain's code, of the next one, and of some of its past. */
const KEPT_RUNTIMES = 4;

/** How code begins that this engine is for, if it is not compressed: a module, or a program for another machine. */
const BEGINNINGS = ["\0asm", "PVM"];

export interface WasmEngineOptions extends Omit<RuntimeOptions, "heapPages"> {
  /** Lets other work have its turn while code is got ready; without it that is done in one go. */
  readonly yieldThread?: () => Promise<void>;
  /** Shared with other engines of the process; absent: this one's own. */
  readonly codes?: PreparedCodes;
}

/** The runtime made last from a code: how much heap it has the state says. */
interface Made {
  readonly heapPages: number;
  readonly runtime: Result<Runtime, EngineFailure>;
}

/** Runs runtimes that were built for Substrate, whatever chain they are of (spec/wasm-engine). */
export function createWasmEngine(
  crypto: WasmCrypto,
  {yieldThread = async () => {}, codes = new PreparedCodes(), ...options}: WasmEngineOptions = {},
): RuntimeEngine {
  const made = new LruCache<string, Made>(KEPT_RUNTIMES);
  const make = (code: RuntimeCode, heapPages: number): Result<Runtime, EngineFailure> => {
    const prepared = codes.of(code);
    const runtime = prepared.ok
      ? runtimeFrom(prepared.value, crypto, {...options, heapPages})
      : prepared;
    return runtime.ok ? ok(runtime.value) : err(unusable(runtime.error));
  };
  return {
    takes({bytes}) {
      const beginning = bytesToBinary(bytes.subarray(0, 8));
      return isPacked(bytes) || BEGINNINGS.some(one => beginning.startsWith(one));
    },
    runtimeOf(code: RuntimeCode, state: Pick<StateView, "get">) {
      const heapPages = readHeapPages(state.get(HEAP_PAGES_KEY));
      const key = bytesToHex(code.hash);
      const last = made.get(key);
      if (last?.heapPages === heapPages) return last.runtime;
      const runtime = make(code, heapPages);
      made.set(key, {heapPages, runtime});
      return runtime;
    },
    prepare: code => codes.prepare(code, yieldThread),
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
