import {vec} from "#codec";
import {addWeight, weightOf, ZERO_WEIGHT} from "#primitives";
import {call, done, failed} from "../../../frame/index.ts";
import {BATCHED_CALLS_LIMIT} from "../batch-limit.ts";
import {batchClass, declaredWeight, dispatchItem, spentWeight} from "../batch-weight.ts";
import type {UtilityParts} from "../index.ts";
import {batchWeight} from "./batch.ts";

export const forceBatch = (parts: UtilityParts) =>
  call({
    name: "force_batch",
    index: 4,
    docs: "Send a batch of dispatch calls. Unlike `batch`, it allows errors and won't interrupt.",
    args: {calls: vec(parts.runtimeCall)},
    class: ({calls}) => batchClass(calls),
    weight: ({calls}) =>
      addWeight(declaredWeight(calls), weightOf(17_748_474n + 4_630_079n * BigInt(calls.length))),
    dispatch(state, origin, {calls}) {
      if (origin.caller.type === "None") return failed({type: "BadOrigin"});
      if (calls.length > BATCHED_CALLS_LIMIT) return failed(parts.errors.TooManyCalls);
      let spent = ZERO_WEIGHT;
      let anyFailed = false;
      for (const item of calls) {
        const result = dispatchItem(parts, state, origin, item);
        spent = addWeight(spent, spentWeight(item, result));
        if (result.ok) parts.events.ItemCompleted(state, {});
        else {
          anyFailed = true;
          parts.events.ItemFailed(state, {error: result.error.error});
        }
      }
      if (anyFailed) parts.events.BatchCompletedWithErrors(state, {});
      else parts.events.BatchCompleted(state, {});
      return done({actualWeight: addWeight(batchWeight(calls.length), spent)});
    },
  });
