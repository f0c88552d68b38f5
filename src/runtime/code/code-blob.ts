import {concatBytes, equalBytes, utf8Bytes} from "#base";
import {encode} from "#codec";
import {type RuntimeVersion, runtimeVersion} from "#primitives";
import {readCodeVersion} from "#runtime-api";
import {customSection, wasmSections} from "#wasm";
import {type LightClientContents, lightClientModule} from "./light-client/index.ts";

/** Section in which Substrate runtimes carry their version, so that it can be read without running them. */
const VERSION_SECTION = "runtime_version";
/** Section with id and version of each runtime API, twelve bytes each. */
const APIS_SECTION = "runtime_apis";
/** Our own: says that the runtime this blob stands for is the one written in TypeScript. */
const MARKER_SECTION = "khala_runtime";
const MARKER = utf8Bytes("khala-ts");

/**
 * The `:code` of a chain whose runtime is this program's: the module that answers light clients, with the runtime's
 * version and our marker.
 */
export function buildCode(version: RuntimeVersion, contents: LightClientContents): Uint8Array {
  return concatBytes(
    lightClientModule(contents),
    versionSections(version),
    customSection(MARKER_SECTION, MARKER),
  );
}

/** The sections by which a runtime says its version and its APIs without being run. */
export function versionSections(version: RuntimeVersion): Uint8Array {
  const apis = concatBytes(
    ...version.apis.map(([id, number]) => {
      const entry = new Uint8Array(12);
      entry.set(id);
      new DataView(entry.buffer).setUint32(8, number, true);
      return entry;
    }),
  );
  return concatBytes(
    customSection(VERSION_SECTION, encode(runtimeVersion, {...version, apis: []})),
    customSection(APIS_SECTION, apis),
  );
}

/** What a blob that stands for a runtime of this program says of it; undefined for any other blob. */
export function ourVersion(
  blob: Uint8Array,
): Pick<RuntimeVersion, "specName" | "specVersion"> | undefined {
  const sections = wasmSections(blob);
  if (!sections.ok) return undefined;
  const marker = sections.value.find(({name}) => name === MARKER_SECTION)?.content;
  if (marker === undefined || !equalBytes(marker, MARKER)) return undefined;
  const version = readCodeVersion(blob);
  return version.ok ? version.value : undefined;
}
