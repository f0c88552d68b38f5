import {encode} from "#codec";
import type {BlockRef} from "../block-ref.ts";
import {settledState} from "../round.ts";
import {voterState} from "./voter-state.ts";

/**
 * What a voter goes on from (`VoterStart.votes`) that has said nothing yet in `round`, and for whom all before it is
 * settled at `finalized`.
 */
export function freshVotes(place: {
  readonly setId: number;
  readonly round: number;
  readonly finalized: BlockRef;
}): Uint8Array {
  const {setId, round, finalized} = place;
  const previous = {round: round - 1, ...settledState(finalized), votes: []};
  return encode(voterState, {setId, round, own: [], previous});
}
