import {concatBytes, equalBytes, err, ok, type Result, utf8Bytes} from "#base";
import {decode, encode} from "#codec";
import {type RuntimeVersion, runtimeVersion} from "#primitives";
import {type LightClientContents, lightClientModule} from "./light-client/index.ts";
import {customSection, wasmSections} from "./wasm-sections.ts";

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
  const apis = concatBytes(
    ...version.apis.map(([id, number]) => {
      const entry = new Uint8Array(12);
      entry.set(id);
      new DataView(entry.buffer).setUint32(8, number, true);
      return entry;
    }),
  );
  return concatBytes(
    lightClientModule(contents),
    customSection(VERSION_SECTION, encode(runtimeVersion, {...version, apis: []})),
    customSection(APIS_SECTION, apis),
    customSection(MARKER_SECTION, MARKER),
  );
}

export type CodeFailure =
  | {readonly code: "not-wasm" | "truncated"}
  | {readonly code: "version-missing"}
  | {readonly code: "version-unreadable"; readonly reason: string};

/** What a runtime blob says of itself; `ours` when it stands for a runtime of this program. */
export function readCode(
  blob: Uint8Array,
): Result<{version: Uint8Array; ours: boolean}, CodeFailure> {
  const sections = wasmSections(blob);
  if (!sections.ok) return err({code: sections.error});
  const find = (name: string) => sections.value.find(section => section.name === name)?.content;
  const version = find(VERSION_SECTION);
  if (version === undefined) return err({code: "version-missing"});
  const marker = find(MARKER_SECTION);
  return ok({version, ours: marker !== undefined && equalBytes(marker, MARKER)});
}

/** Name and spec version of a blob of ours; undefined for any other blob. */
export function ourVersion(
  blob: Uint8Array,
): Pick<RuntimeVersion, "specName" | "specVersion"> | undefined {
  const read = readCode(blob);
  if (!read.ok || !read.value.ours) return undefined;
  const version = decode(runtimeVersion, read.value.version);
  return version.ok ? version.value : undefined;
}
