import {invariant, millis} from "#base";
import type {Blockchain} from "#core";
import {StateUnreadable} from "#core";
import type {SessionInfo, SessionQuestions} from "#rpc";
import {askSessionStatus, describeApiFailure, type RuntimeHost} from "#runtime-api";

/** The session as of a block, from the runtime's own account of it. */
export function createSessionAnswers(
  chain: Blockchain,
  host: Omit<RuntimeHost, "state">,
  time: {now: () => number; slotDuration: () => number},
): SessionQuestions {
  return {
    current(): SessionInfo {
      const best = chain.best();
      const state = chain.state(best.hash);
      invariant(state !== undefined, "the state of the best block is at hand");
      const runtime = chain.runtimeOf(state);
      if (!runtime.ok) throw new StateUnreadable(runtime.error);
      const status = askSessionStatus(runtime.value, chain.host(state, host));
      if (!status.ok) throw new StateUnreadable(describeApiFailure(status.error));
      const {index, period, nextRotation, validators} = status.value;
      const blocksLeft = nextRotation - best.number;
      return {
        index,
        period,
        blocksInto: period - blocksLeft,
        nextRotationBlock: nextRotation,
        nextRotationAt: millis(time.now() + blocksLeft * time.slotDuration()),
        authors: validators,
      };
    },
  };
}
