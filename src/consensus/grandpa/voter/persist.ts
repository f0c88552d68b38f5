import {encode} from "#codec";
import type {VoterCore} from "./core.ts";
import {type VoterState, voterState} from "./voter-state.ts";

/** Has our own votes of this round written down. Comes before they are sent: actions keep their order. */
export function persistVotes(core: VoterCore): void {
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
