/**
 * Rehearsals: a chain of somebody's real runtime and state, in the hands of development accounts. `settings` is what all nodes
 * of one agree on beside the state, and stands in the first state itself.
 *
 * Out of scope: the relay chain that parachains are told of (`relay`), and running a node (`node`).
 */
export {
  decodeSettings,
  encodeSettings,
  HIGHEST_RATE,
  type ProofSizeMode,
  REHEARSAL_KEY,
  type RehearsalSettings,
  type RehearsalVoter,
} from "./settings.ts";
