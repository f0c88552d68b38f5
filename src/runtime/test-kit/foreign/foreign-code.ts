import {concatBytes} from "#base";
import type {Hashing} from "#crypto";
import {customSection, WASM_HEADER} from "#wasm";
import {lightClientContents} from "../../chains/index.ts";
import {lightClientModule, versionSections} from "../../code/index.ts";
import {composeForeign} from "./compose-foreign.ts";
import type {ForeignRelease} from "./releases.ts";

/** Section by which its engine knows the code. */
export const FOREIGN_MARKER = "toyland_runtime";

/** The `:code` of a version: a module by which the runtime is known, with what light clients ask for where it has voters. */
export function foreignCode(hashing: Hashing, release?: ForeignRelease): Uint8Array {
  const chain = composeForeign(hashing, release);
  return concatBytes(
    chain.grandpa === undefined ? WASM_HEADER : lightClientModule(lightClientContents(chain)),
    versionSections(chain.composition.version),
    customSection(FOREIGN_MARKER, new Uint8Array(0)),
  );
}
