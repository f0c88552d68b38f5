/**
 * CollatorSelection: who makes the blocks. A minimal proof of stake: *invulnerables* are appointed by the chain's
 * owners and never kicked; *candidates* put up a bond and may author as long as they do. At each session change
 * the set for the session after next is all invulnerables and all candidates, less those candidates who authored
 * nothing for a whole threshold of blocks. A kicked or leaving candidate gets its whole bond back.
 *
 * Never are so many kicked or let go that fewer than the minimum of collators, of either kind, would be left. It
 * does not rank candidates (first come, first served, up to the desired number), does not slash, and does not
 * know whether an author's node is well: only that it authored. The author of a block gets half of what the pot
 * holds above the existential deposit.
 *
 * Out of scope: when sessions change (`session`), what fills the pot (`transaction-payment`'s fee sink).
 */

import {binaryToBytes} from "#base";
import {alias, fixedBytes, u32} from "#codec";
import {type AccountId, accountId} from "#primitives";
import type {Externalities} from "#state";
import {constant, errorInfo, eventCodec, type Pallet, type PalletScope} from "../../frame/index.ts";
import {collatorSelectionCalls} from "./calls/index.ts";
import type {CollatorSelectionConfig, CollatorSelectionDependencies, Selection} from "./config.ts";
import {COLLATOR_SELECTION_ERRORS} from "./errors.ts";
import {COLLATOR_SELECTION_EVENTS} from "./events.ts";
import {buildGenesis, type CollatorSelectionGenesis} from "./genesis.ts";
import {judgeCandidates} from "./judge-candidates.ts";
import {newSession} from "./new-session.ts";
import {noteAuthor} from "./note-author.ts";
import {palletAccount} from "./pot.ts";
import {collatorSelectionStorage} from "./storage.ts";

export type {CollatorSelectionConfig} from "./config.ts";
export type {CollatorSelectionGenesis} from "./genesis.ts";
export {palletAccount} from "./pot.ts";

export type CollatorSelection = ReturnType<typeof createCollatorSelection>;

export function createCollatorSelection(
  scope: PalletScope,
  config: CollatorSelectionConfig,
  deps: CollatorSelectionDependencies,
) {
  const selection: Selection = {
    config,
    deps,
    storage: collatorSelectionStorage(scope.storage),
    events: scope.events(COLLATOR_SELECTION_EVENTS),
    errors: scope.errors(COLLATOR_SELECTION_ERRORS),
    pot: palletAccount(config.potId),
  };
  const palletId = fixedBytes(8, {path: "frame_support::PalletId"});
  const constants = [
    constant("PotId", palletId, binaryToBytes(config.potId), "Account identifier of the pot."),
    constant("MaxCandidates", u32, config.maxCandidates, "Maximum number of candidates."),
    constant(
      "MinEligibleCollators",
      u32,
      config.minEligibleCollators,
      "Minimum number of collators that must be left after anyone leaves or is kicked.",
    ),
    constant("MaxInvulnerables", u32, config.maxInvulnerables, "Maximum number of invulnerables."),
    constant(
      "KickThreshold",
      alias(u32, "BlockNumberFor<T>"),
      config.kickThreshold,
      "Blocks without authoring after which a candidate is kicked.",
    ),
    constant("pot_account", accountId, selection.pot, "Gets this pallet's derived pot account."),
  ];
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Who makes the blocks.",
    crate: "pallet_collator_selection",
    storageVersion: 1,
    storage: scope.storage.entries,
    events: eventCodec("pallet_collator_selection", COLLATOR_SELECTION_EVENTS),
    errors: errorInfo("pallet_collator_selection", COLLATOR_SELECTION_ERRORS),
    calls: collatorSelectionCalls(selection),
    constants: config.publishConstants ? constants : [],
  };
  return {
    pallet,
    storage: selection.storage,
    errors: selection.errors,
    pot: selection.pot,
    config,
    /** What a session change at a block would do with the candidates. */
    judge: (state: Externalities, now: number) => judgeCandidates(state, selection, now),
    noteAuthor: (state: Externalities, author: AccountId) => noteAuthor(state, selection, author),
    newSession: (state: Externalities) => newSession(state, selection),
    genesis: (state: Externalities, genesis: CollatorSelectionGenesis) =>
      buildGenesis(state, selection, genesis),
  };
}
