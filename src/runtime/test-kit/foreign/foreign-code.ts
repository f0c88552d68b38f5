import {concatBytes} from "#base";
import type {Hashing} from "#crypto";
import {customSection, WASM_HEADER} from "#wasm";
import {versionSections} from "../../code/index.ts";
import {composeForeign} from "./compose-foreign.ts";
import type {ForeignRelease} from "./releases.ts";

/** Section by which its engine knows the code. */
export const FOREIGN_MARKER = "toyland_runtime";

/** The `:code` of a version: a module with nothing but the sections by which a runtime is known. */
export function foreignCode(hashing: Hashing, release?: ForeignRelease): Uint8Array {
  const {version} = composeForeign(hashing, release).composition;
  return concatBytes(
    WASM_HEADER,
    versionSections(version),
    customSection(FOREIGN_MARKER, new Uint8Array(0)),
  );
}
