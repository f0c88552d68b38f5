import {concatBytes} from "#base";
import {customSection, WASM_HEADER} from "#wasm";
import type {CollatorChain} from "../../chains/index.ts";
import {versionSections} from "../../code/index.ts";

/** Section by which its engine knows the code. */
export const FOREIGN_MARKER = "toyland_runtime";

/** A module with nothing but the sections by which a runtime is known. */
export function foreignCode({composition: {version}}: CollatorChain): Uint8Array {
  return concatBytes(
    WASM_HEADER,
    versionSections(version),
    customSection(FOREIGN_MARKER, new Uint8Array(0)),
  );
}
