import {concatBytes, equalBytes, utf8Bytes} from "#base";
import type {Hashing} from "#crypto";
import {customSection, WASM_HEADER, wasmSections} from "#wasm";
import {type CollatorChain, lightClientContents} from "../../chains/index.ts";
import {lightClientModule, versionSections} from "../../code/index.ts";
import {composeForeign, type ForeignKind} from "./compose-foreign.ts";
import type {ForeignRelease} from "./releases.ts";

/** Section by which its engine knows the code, and which of the two it is. */
const FOREIGN_MARKER = "toyland_runtime";

/** A module by which the runtime is known; where the chain has voters of its own, with what light clients ask for. */
export function foreignCode(chain: CollatorChain): Uint8Array {
  const kind: ForeignKind = chain.grandpa === undefined ? "followed" : "solo";
  return concatBytes(
    kind === "solo" ? lightClientModule(lightClientContents(chain)) : WASM_HEADER,
    versionSections(chain.composition.version),
    customSection(FOREIGN_MARKER, utf8Bytes(kind)),
  );
}

/** The `:code` of a version, to which root can upgrade a chain of the one before. */
export const releaseCode = (
  hashing: Hashing,
  release: ForeignRelease,
  kind: ForeignKind = "followed",
): Uint8Array => foreignCode(composeForeign(hashing, kind, release));

/** Undefined: code of another runtime. */
export function foreignKind(code: Uint8Array): ForeignKind | undefined {
  const sections = wasmSections(code);
  if (!sections.ok) return undefined;
  const marker = sections.value.find(({name}) => name === FOREIGN_MARKER)?.content;
  if (marker === undefined) return undefined;
  return equalBytes(marker, utf8Bytes("solo")) ? "solo" : "followed";
}
