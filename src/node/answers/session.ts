import type {Blockchain, NodeCore} from "#core";
import {type ChainFacts, SessionStart} from "#desk";
import type {SessionInfo, SessionQuestions} from "#rpc";

/** The session as of the best block, as far as the chain tells of it. */
export function createSessionAnswers(
  chain: Blockchain,
  facts: ChainFacts,
  {time, slotDuration}: Pick<NodeCore, "time" | "slotDuration">,
): SessionQuestions {
  const starts = new SessionStart({chain, facts});
  return {
    current(): SessionInfo {
      const best = chain.best();
      const session = facts.session(best.hash);
      const {index, period, nextRotation, validators} = session ?? {};
      const began = session && starts.of(session, best);
      return {
        index,
        period,
        blocksInto: began === undefined ? undefined : best.number - began,
        nextRotationBlock: nextRotation,
        nextRotationAt:
          nextRotation === undefined
            ? undefined
            : time.shown(time.now() + (nextRotation - best.number) * slotDuration()),
        slotDuration: slotDuration() / time.rate,
        authors: validators,
      };
    },
  };
}
