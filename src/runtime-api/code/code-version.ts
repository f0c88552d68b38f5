import {err, ok, type Result} from "#base";
import {decodeRuntimeVersion, type RuntimeVersion} from "#primitives";
import {type WasmFailure, wasmSections} from "#wasm";
import {unpackCode} from "./unpack-code.ts";

/** Section in which Substrate runtimes carry their version, so that it can be read without running them. */
const VERSION_SECTION = "runtime_version";
/** Section with id and version of each runtime API, twelve bytes each; in the version itself the list is empty then. */
const APIS_SECTION = "runtime_apis";
const API_ENTRY = 12;

/** Why code says nothing of itself. */
export type CodeFailure =
  | {readonly code: "compression-invalid"; readonly reason: string}
  | {readonly code: WasmFailure}
  /** Runtimes from before 2021 have no such section: they have to be asked. */
  | {readonly code: "version-missing"}
  | {readonly code: "version-unreadable"; readonly reason: string};

export type EmbeddedVersion = RuntimeVersion;

/** The version of a runtime of whatever make, with its APIs, from the sections of its code. */
export function readCodeVersion(code: Uint8Array): Result<EmbeddedVersion, CodeFailure> {
  const module = unpackCode(code);
  if (!module.ok) return err({code: "compression-invalid", reason: module.error});
  const sections = wasmSections(module.value);
  if (!sections.ok) return err({code: sections.error});
  const find = (name: string) => sections.value.find(section => section.name === name)?.content;
  const version = find(VERSION_SECTION);
  if (version === undefined) return err({code: "version-missing"});
  const apis = find(APIS_SECTION);
  if (apis !== undefined && apis.length % API_ENTRY !== 0) {
    return err({code: "version-unreadable", reason: `runtime_apis has ${apis.length} bytes`});
  }
  const decoded = decodeRuntimeVersion(version, apis === undefined ? undefined : readApis(apis));
  return decoded.ok ? ok(decoded.value) : err({code: "version-unreadable", reason: decoded.error});
}

function readApis(bytes: Uint8Array): [Uint8Array, number][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({length: bytes.length / API_ENTRY}, (_, i) => {
    const at = i * API_ENTRY;
    return [bytes.slice(at, at + 8), view.getUint32(at + 8, true)];
  });
}
