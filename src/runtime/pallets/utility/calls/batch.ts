import {vec} from "#codec";
import {addWeight, type Weight, weightOf, ZERO_WEIGHT} from "#primitives";
import {call, done, failed} from "../../../frame/index.ts";
import {BATCHED_CALLS_LIMIT} from "../batch-limit.ts";
import {batchClass, declaredWeight, dispatchItem, spentWeight} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";

export const batchWeight = (calls: number): Weight =>
  weightOf(16_943_157n + 4_653_855n * BigInt(calls));

export const batch = (parts: UtilityParts) =>
  call({
    name: "batch",
    index: 0,
    docs: "Send a batch of dispatch calls. May be called from any origin except `None`.",
    args: {calls: vec(parts.runtimeCall)},
    class: ({calls}) => batchClass(calls),
    weight: ({calls}) => addWeight(declaredWeight(calls), batchWeight(calls.length)),
    dispatch(state, origin, {calls}) {
      if (origin.caller.type === "None") return failed({type: "BadOrigin"});
      if (calls.length > BATCHED_CALLS_LIMIT) return failed(parts.errors.TooManyCalls);
      let spent = ZERO_WEIGHT;
      for (const [index, item] of calls.entries()) {
        const result = dispatchItem(parts, state, origin, item);
        spent = addWeight(spent, spentWeight(item, result));
        if (!result.ok) {
          parts.events.BatchInterrupted(state, {index, error: result.error.error});
          return done({actualWeight: addWeight(batchWeight(index + 1), spent)});
        }
        parts.events.ItemCompleted(state, {});
      }
      parts.events.BatchCompleted(state, {});
      return done({actualWeight: addWeight(batchWeight(calls.length), spent)});
    },
  });
