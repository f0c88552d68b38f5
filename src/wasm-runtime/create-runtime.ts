import {err, inTurns, ok, type Result} from "#base";
import {encode} from "#codec";
import type {CryptoSuite} from "#crypto";
import {decodeRuntimeVersion, type RuntimeVersion, runtimeVersion} from "#primitives";
import {readCodeVersion, unpackCode, unpacking} from "#runtime-api";
import {memoryState, Overlay} from "#state";
import type {HostServices, RuntimeLog} from "./host/index.ts";
import {compileAhead, type PreparedModule, prepareModule, preparingModule} from "./module/index.ts";
import {WasmRuntime, type WasmRuntimeOfVersion, type Within} from "./wasm-runtime.ts";

/** Pages of heap that upstream gives a call where the chain does not say otherwise: 128 MiB. */
export const DEFAULT_HEAP_PAGES = 2_048;

/** Of 64 KiB: an address has 32 bits. */
const MAX_PAGES = 65_536;

export type WasmCrypto = Pick<CryptoSuite, "hashing" | "signatures">;

export interface RuntimeOptions {
  /** Pages of heap for each call. */
  readonly heapPages?: number;
  /** What gives up calls that do not end; without it they go on. */
  readonly within?: Within | undefined;
  readonly log?: RuntimeLog | undefined;
}

/** The runtime that a value of `:code` is. The failure is a reason in words. */
export function createRuntime(
  code: Uint8Array,
  crypto: WasmCrypto,
  options: RuntimeOptions = {},
): Result<WasmRuntimeOfVersion, string> {
  const prepared = prepareCode(code);
  return prepared.ok ? runtimeFrom(prepared.value, crypto, options) : prepared;
}

/** A value of `:code`, unpacked and compiled: what runtimes with whatever heap are made from. */
export interface PreparedCode {
  readonly bytes: Uint8Array;
  readonly module: PreparedModule;
}

/** The failure is a reason in words. */
export function prepareCode(code: Uint8Array): Result<PreparedCode, string> {
  const unpacked = unpackCode(code);
  if (!unpacked.ok) return err(notUnpacked(unpacked.error));
  const module = prepareModule(unpacked.value);
  return module.ok ? ok({bytes: unpacked.value, module: module.value}) : module;
}

/** The same without holding up this thread for more than some milliseconds at a time. */
export async function prepareCodeAhead(
  code: Uint8Array,
  rest: () => Promise<void>,
): Promise<Result<PreparedCode, string>> {
  const unpacked = await inTurns(unpacking(code), rest);
  if (!unpacked.ok) return err(notUnpacked(unpacked.error));
  const compiled = await compileAhead(unpacked.value);
  const module = await inTurns(preparingModule(unpacked.value, compiled), rest);
  return module.ok ? ok({bytes: unpacked.value, module: module.value}) : module;
}

const notUnpacked = (reason: string): string => `it does not unpack: ${reason}`;

/** The runtime that prepared code is; the failure is a reason in words. */
export function runtimeFrom(
  {bytes, module}: PreparedCode,
  crypto: WasmCrypto,
  {heapPages = DEFAULT_HEAP_PAGES, within, log}: RuntimeOptions = {},
): Result<WasmRuntimeOfVersion, string> {
  if (module.memory.minimum + heapPages > MAX_PAGES) {
    return err(`it wants ${heapPages} pages of heap, which no memory has`);
  }
  const runtime = new WasmRuntime(module, {
    services: {...servicesOf(crypto), log},
    heapPages,
    within,
  });
  const version = versionOf(bytes, runtime, crypto);
  return version.ok ? ok(runtime.withVersion(version.value)) : version;
}

function servicesOf({hashing, signatures}: WasmCrypto): HostServices {
  return {
    hashing,
    signatures,
    versionOf(code) {
      // As upstream: where a section says the version, nothing else of the code is looked at.
      const embedded = readCodeVersion(code);
      const said = embedded.ok ? embedded.value : undefined;
      if (said !== undefined) return encode(runtimeVersion, said);
      if (!embedded.ok && embedded.error.code !== "version-missing") return undefined;
      const runtime = createRuntime(code, {hashing, signatures});
      return runtime.ok ? encode(runtimeVersion, runtime.value.version) : undefined;
    },
  };
}

/** From the section that says it, or asked on an empty state where there is none: before 2021 there was not. */
function versionOf(
  module: Uint8Array,
  runtime: WasmRuntime,
  {hashing}: Pick<WasmCrypto, "hashing">,
): Result<RuntimeVersion, string> {
  const embedded = readCodeVersion(module);
  if (embedded.ok) return embedded;
  if (embedded.error.code !== "version-missing") {
    return err(`it has no readable version: ${embedded.error.code}`);
  }
  const state = new Overlay(memoryState([], data => hashing.blake2b256(data)));
  const answer = runtime.call("Core_version", new Uint8Array(0), {
    state,
    verifySignature: () => false,
  });
  if (!answer.ok) return err(`it does not say its version: ${answer.error.code}`);
  const decoded = decodeRuntimeVersion(answer.value);
  return decoded.ok ? decoded : err(`its version does not decode: ${decoded.error}`);
}
