import {encode} from "#codec";
import type {VoterCore} from "./core.ts";
import {type VoterState, voterState} from "./voter-state.ts";

/**
 * Has our own votes of this round written down. Comes before they are sent: actions keep their order. The next vote
 * waits until `votesPersisted` says that these are on disk, so that what keys have promised is never more than one
 * step ahead of what a restart finds.
 */
export function persistVotes(core: VoterCore): void {
  core.isPersisting = true;
  const {completable, ...blocks} = core.previousState;
  const previous = core.rounds.get(core.current - 1);
  const state: VoterState = {
    setId: core.setId,
    round: core.current,
    own: [...core.currentRound.own],
    previous: {
      round: core.current - 1,
      ...blocks,
      completable,
      votes: (previous?.log.entries ?? []).map(({signed}) => signed),
    },
  };
  core.actions.push({type: "persistVotes", state: encode(voterState, state)});
}
