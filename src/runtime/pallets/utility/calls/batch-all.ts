import {vec} from "#codec";
import {addWeight, type Weight, weightOf, ZERO_WEIGHT} from "#primitives";
import {type Call, call, done, failed, type Origin} from "../../../frame/index.ts";
import {BATCHED_CALLS_LIMIT} from "../batch-limit.ts";
import {batchClass, declaredWeight, dispatchItem, spentWeight} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";

const batchAllWeight = (calls: number): Weight =>
  weightOf(16_448_433n + 4_796_983n * BigInt(calls));

export const batchAll = (parts: UtilityParts): Call => {
  const self: Call = call({
    name: "batch_all",
    index: 2,
    docs: "Send a batch of dispatch calls and atomically execute them. The whole transaction will rollback and fail if any of the calls failed.",
    args: {calls: vec(parts.runtimeCall)},
    class: ({calls}) => batchClass(calls),
    weight: ({calls}) => addWeight(declaredWeight(calls), batchAllWeight(calls.length)),
    dispatch(state, origin, {calls}) {
      if (origin.caller.type === "None") return failed({type: "BadOrigin"});
      if (calls.length > BATCHED_CALLS_LIMIT) return failed(parts.errors.TooManyCalls);
      // An all-or-nothing batch within another one would not know whose "all" it is.
      const inner: Origin = {
        caller: origin.caller,
        filter: candidate => candidate.call !== self && origin.filter(candidate),
      };
      let spent = ZERO_WEIGHT;
      for (const [index, item] of calls.entries()) {
        const result = dispatchItem(parts, state, inner, item);
        spent = addWeight(spent, spentWeight(item, result));
        if (!result.ok) {
          return failed(result.error.error, {
            actualWeight: addWeight(batchAllWeight(index + 1), spent),
          });
        }
        parts.events.ItemCompleted(state, {});
      }
      parts.events.BatchCompleted(state, {});
      return done({actualWeight: addWeight(batchAllWeight(calls.length), spent)});
    },
  });
  return self;
};
