/**
 * A second runtime, for tests of everything that has to work with any: a chain of the same kind of pallets as many a
 * parachain's, with a name, indices, an address prefix, a token and session keys of its own, trie state version 1, and none
 * of what our own runtime offers beside the standard: no `CollatorApi`, no `GrandpaApi`, no constants of CollatorSelection.
 * It takes no promises about signatures, and refuses a marked extrinsic with an error that no program here knows. There are
 * two of it: one that others make final, of a raw spec; and one with GRANDPA, of a readable spec, as a solo chain's template
 * comes. Root can upgrade either to its next version, as any chain's.
 *
 * Out of scope: being a chain that anybody would run.
 */
export {composeForeign, type ForeignKind} from "./compose-foreign.ts";
export {releaseCode} from "./foreign-code.ts";
export {createForeignEngine} from "./foreign-engine.ts";
export {type ForeignGenesis, foreignSpec, soloSpec} from "./foreign-spec.ts";
export {FOREIGN, type ForeignRelease, UPGRADED, WITHOUT_AURA} from "./releases.ts";
export {UNKNOWN_REFUSAL, unknownRefusalOf} from "./unknown-refusal.ts";
