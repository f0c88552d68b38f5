import {alias, u32} from "#codec";
import {addWeight, weightOf} from "#primitives";
import {call, done, failed, writes} from "../../../frame/index.ts";
import type {GrandpaParts} from "../config.ts";

const WEIGHT = addWeight(weightOf(3_000_000n), writes(1n));
const blockNumber = alias(u32, "BlockNumberFor<T>");

/** Says that finality stands still: the next session's voters take over `delay` blocks later, unasked. */
export const noteStalled = ({config, storage}: GrandpaParts) =>
  call({
    name: "note_stalled",
    index: 2,
    docs: "Note that the current authority set of the GRANDPA finality gadget has stalled. This will trigger a forced authority set change at the beginning of the next session, to be enacted `delay` blocks after that. The `delay` should be high enough to safely assume that the block signalling the forced change will not be re-orged e.g. 1000 blocks. The block production rate (which may be slowed down because of finality lagging) should be taken into account when choosing the `delay`. The GRANDPA voters based on the new authority will start voting on top of `best_finalized_block_number` for new finalized blocks. `best_finalized_block_number` should be the highest of the latest finalized block of all validators of the new authority set. Only callable by root.",
    args: {delay: blockNumber, bestFinalizedBlockNumber: blockNumber},
    weight: () => WEIGHT,
    dispatch(state, origin, {delay, bestFinalizedBlockNumber}) {
      const allowed = config.stalledOrigin(origin);
      if (!allowed.ok) return failed(allowed.error);
      storage.stalled.set(state, [delay, bestFinalizedBlockNumber]);
      return done();
    },
  });
