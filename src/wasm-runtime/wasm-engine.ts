import {bytesToBinary, bytesToHex, err, LruCache, ok, type Result} from "#base";
import {encode} from "#codec";
import type {CryptoSuite} from "#crypto";
import {HEAP_PAGES_KEY, runtimeVersion} from "#primitives";
import type {EngineFailure, Runtime, RuntimeCode, RuntimeEngine} from "#runtime-api";
import type {StateView} from "#state";
import {createRuntime, DEFAULT_HEAP_PAGES} from "./create-runtime.ts";
import type {HostServices} from "./host/index.ts";

/** Codes that stay compiled: a chain has one, and the next one in an upgrade. */
const KEPT_CODES = 4;

/** How code begins that this engine is for: as it is, compressed, or for another machine, which it then says. */
const BEGINNINGS = ["\0asm", "\x52\xbc\x53\x76\x46\xdb\x8e\x05", "PVM"];

/** Runs runtimes that were built for Substrate, whatever chain they are of (spec/wasm-engine). */
export function createWasmEngine({
  hashing,
  signatures,
}: Pick<CryptoSuite, "hashing" | "signatures">): RuntimeEngine {
  const made = new LruCache<string, Result<Runtime, EngineFailure>>(KEPT_CODES);
  const services: HostServices = {
    hashing,
    signatures,
    versionOf(code) {
      const runtime = createRuntime(code, services);
      return runtime.ok ? encode(runtimeVersion, runtime.value.version) : undefined;
    },
  };
  return {
    takes({bytes}) {
      const beginning = bytesToBinary(bytes.subarray(0, 8));
      return BEGINNINGS.some(one => beginning.startsWith(one));
    },
    runtimeOf({bytes, hash}: RuntimeCode, state: Pick<StateView, "get">) {
      const heapPages = readHeapPages(state.get(HEAP_PAGES_KEY));
      const key = `${bytesToHex(hash)} ${heapPages}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const runtime = createRuntime(bytes, services, heapPages);
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
