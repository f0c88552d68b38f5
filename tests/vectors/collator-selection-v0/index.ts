/**
 * CollatorSelection, version 0 (spec/pallets §11.7), for the recorded `rhala` 1241 only. Storage, weights, the
 * author's reward and three of the calls are those of our pallet; what differs is here.
 */
import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import {
  collatorSelectionCalls,
  collatorSelectionStorage,
  type createCollatorSelection,
  errorInfo,
  eventCodec,
  noteAuthor,
  type Pallet,
  palletAccount,
  type Selection,
} from "../../../src/runtime/testing.ts";
import {COLLATOR_SELECTION_V0_ERRORS} from "./errors.ts";
import {COLLATOR_SELECTION_V0_EVENTS} from "./events.ts";
import {leaveIntentV0} from "./leave-intent.ts";
import {newSessionV0} from "./new-session.ts";
import {setInvulnerablesV0} from "./set-invulnerables.ts";

const UNCHANGED_CALLS = ["set_desired_candidates", "set_candidacy_bond", "register_as_candidate"];

/** Fits where `createCollatorSelection` fits, but builds no genesis: the recorded one is read. */
export const createCollatorSelectionV0 = ((
  ...[scope, config, deps]: Parameters<typeof createCollatorSelection>
) => {
  const errors = scope.errors(COLLATOR_SELECTION_V0_ERRORS);
  // The names of today, so that parts of today's pallet can be used; those without a counterpart are never reached.
  const selection = {
    config,
    deps,
    storage: collatorSelectionStorage(scope.storage),
    events: scope.events(COLLATOR_SELECTION_V0_EVENTS),
    errors: {...errors, TooFewEligibleCollators: errors.TooFewCandidates},
    pot: palletAccount(config.potId),
  } as unknown as Selection;
  const unchanged = collatorSelectionCalls(selection).filter(({name}) =>
    UNCHANGED_CALLS.includes(name),
  );
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "CollatorSelection, version 0.",
    crate: "pallet_collator_selection",
    storageVersion: 0,
    storage: scope.storage.entries,
    events: eventCodec("pallet_collator_selection", COLLATOR_SELECTION_V0_EVENTS),
    errors: errorInfo("pallet_collator_selection", COLLATOR_SELECTION_V0_ERRORS),
    calls: [setInvulnerablesV0(selection), ...unchanged, leaveIntentV0(selection)],
    constants: [],
  };
  return {
    pallet,
    storage: selection.storage,
    errors: selection.errors,
    pot: selection.pot,
    noteAuthor: (state: Externalities, author: AccountId) => noteAuthor(state, selection, author),
    newSession: (state: Externalities) => newSessionV0(state, selection),
  };
}) as unknown as typeof createCollatorSelection;
