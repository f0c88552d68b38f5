/**
 * Rehearsals: a chain of somebody's real runtime and state, in the hands of development accounts. `settings` is what all nodes
 * of one agree on beside the state, and stands in the first state itself. `rehearse` makes the first state of one from a chain's
 * own, by the names of pallets and items that its runtime publishes: who makes blocks, who governs, who has money, what the
 * relay chain was. `rehearseSpec` does it from chain spec to chain spec, in the words of who asks (`development`).
 *
 * A value is encoded by its type and read back, and the runtime is asked whom it sees in the end: nothing half rehearsed comes
 * out. What a chain has no place for is skipped, and said.
 *
 * Out of scope: the relay chain that parachains are told of (`relay`), and running a node (`node`).
 */
export {
  collatorNames,
  collatorUris,
  type DevelopmentFacts,
  type DevelopmentWishes,
  developmentUri,
  developmentWishes,
  isDevelopmentName,
  STANDARD_COLLATORS,
} from "./development.ts";
export {planckOf} from "./planck-of.ts";
export {
  type Rehearsal,
  type RehearsedChain,
  rehearse,
  type WholeState,
} from "./rehearse.ts";
export {
  isRehearsed,
  type RehearsalTools,
  type RehearsedSpec,
  rehearseSpec,
} from "./rehearse-spec.ts";
export {
  decodeSettings,
  encodeSettings,
  HIGHEST_RATE,
  type ProofSizeMode,
  type RehearsalSettings,
  type RehearsalVoter,
} from "./settings.ts";
export {REPORT_KEY, type SpecReport} from "./spec-head.ts";
export type {RehearsalCollator, RehearsalReport, RehearsalWishes} from "./wishes.ts";
