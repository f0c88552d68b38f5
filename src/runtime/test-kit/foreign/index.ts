/**
 * A second runtime, for tests of everything that has to work with any: a chain of the same kind of pallets as many a
 * parachain's, with a name, indices, an address prefix, a token and session keys of its own, trie state version 1, and none
 * of what our own runtime offers beside the standard: no `CollatorApi`, no `GrandpaApi`, no constants of CollatorSelection.
 * It takes no promises about signatures, and refuses a marked extrinsic with an error that no program here knows. Root can
 * upgrade it to its next version, as any chain's. One more version has GRANDPA and builds first states (`soloSpec`), as a solo
 * chain's.
 *
 * Out of scope: being a chain that anybody would run.
 */
export {composeForeign} from "./compose-foreign.ts";
export {foreignCode} from "./foreign-code.ts";
export {createForeignEngine} from "./foreign-engine.ts";
export {type ForeignGenesis, foreignSpec, soloSpec} from "./foreign-spec.ts";
export {
  FOREIGN,
  type ForeignRelease,
  SEALED_BY_ED25519,
  SECOND_SYSTEM,
  SOLO_UPGRADED,
  UPGRADED,
  WITHOUT_AURA,
} from "./releases.ts";
export {UNKNOWN_REFUSAL, unknownRefusalOf} from "./unknown-refusal.ts";
