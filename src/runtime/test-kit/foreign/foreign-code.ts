import {concatBytes} from "#base";
import {encode} from "#codec";
import {runtimeVersion} from "#primitives";
import {WASM_HEADER} from "#runtime-api";
import type {CollatorChain} from "../../chains/index.ts";
import {customSection} from "../../code/index.ts";

/** Section by which its engine knows the code. */
export const FOREIGN_MARKER = "toyland_runtime";

/** A module with nothing but the sections by which a runtime is known. */
export function foreignCode({composition: {version}}: CollatorChain): Uint8Array {
  const apis = concatBytes(
    ...version.apis.map(([id, number]) => {
      const entry = new Uint8Array(12);
      entry.set(id);
      new DataView(entry.buffer).setUint32(8, number, true);
      return entry;
    }),
  );
  return concatBytes(
    WASM_HEADER,
    customSection("runtime_version", encode(runtimeVersion, {...version, apis: []})),
    customSection("runtime_apis", apis),
    customSection(FOREIGN_MARKER, new Uint8Array(0)),
  );
}
