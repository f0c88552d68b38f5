/**
 * Grandpa: who votes on what is final. The pallet keeps the list of voters and announces each change of it in the
 * digest of the block that makes it; voting itself is the nodes' affair (`consensus/grandpa`). A change that is
 * announced takes effect once its block is final, by the votes of the old list, so nobody who follows the digests
 * is ever in doubt whose votes count.
 *
 * On Phala a relay chain finalizes and collators only author. Standing alone, a committee takes the relay chain's
 * place: the invulnerables by which the session's set was chosen, or those of genesis for ever. Candidates author
 * and do not vote. Unlike upstream, which announces at every session, a list is announced only when it differs from
 * the current one and is not empty: each announcement is one more link that light clients have to fetch and check.
 *
 * Voters who are gone for good cannot finalize their own replacement. Root then notes that finality has stalled; the
 * next session's list is announced as a forced change, which takes effect some blocks later without being final.
 *
 * Out of scope: who is chosen (`session`, `collator-selection`), reports of double votes (there are no offences).
 */
import {alias, u32, u64} from "#codec";
import type {Externalities} from "#state";
import {constant, errorInfo, eventCodec, type Pallet, type PalletScope} from "../../frame/index.ts";
import {authorityList} from "./authorities.ts";
import {noteStalled} from "./calls/note-stalled.ts";
import type {GrandpaConfig, GrandpaParts} from "./config.ts";
import {enactPendingChange, enactPendingState} from "./enact.ts";
import {GRANDPA_ERRORS} from "./errors.ts";
import {GRANDPA_EVENTS} from "./events.ts";
import {scheduleChange} from "./schedule-change.ts";
import {grandpaSessionHandler} from "./session-handler.ts";
import {grandpaStorage} from "./storage.ts";

export {
  type Authorities,
  authorityId,
  authorityList,
  GRANDPA_AUTHORITIES_KEY,
  readAuthorities,
} from "./authorities.ts";
export {committeeMembership, queueCommittee} from "./committee.ts";
export type {GrandpaConfig, Voters} from "./config.ts";

export type Grandpa = ReturnType<typeof createGrandpa>;

export function createGrandpa(scope: PalletScope, config: GrandpaConfig) {
  const grandpa: GrandpaParts = {
    config,
    storage: grandpaStorage(scope.storage),
    events: scope.events(GRANDPA_EVENTS),
    errors: scope.errors(GRANDPA_ERRORS),
  };
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Who votes on what is final.",
    crate: "pallet_grandpa",
    storageVersion: 4,
    storage: scope.storage.entries,
    events: eventCodec("pallet_grandpa", GRANDPA_EVENTS),
    errors: errorInfo("pallet_grandpa", GRANDPA_ERRORS),
    calls: [noteStalled(grandpa)],
    constants: [
      constant("MaxAuthorities", u32, config.maxAuthorities, "Max Authorities in use"),
      constant("MaxNominators", u32, 0, "The maximum number of nominators for each validator."),
      constant(
        "MaxSetIdSessionEntries",
        u64,
        0n,
        "The maximum number of entries to keep in the set id to session index mapping.",
      ),
    ],
    hooks: {
      onFinalize(state, number) {
        enactPendingChange(state, grandpa, number);
        enactPendingState(state, grandpa, number);
      },
    },
  };
  return {
    pallet,
    storage: grandpa.storage,
    errors: grandpa.errors,
    handler: grandpaSessionHandler(grandpa),
    authoritiesCodec: authorityList,
    setIdCodec: alias(u64, "SetId"),
    schedule: (state: Externalities, change: Parameters<typeof scheduleChange>[2]) =>
      scheduleChange(state, grandpa, change),
  };
}
