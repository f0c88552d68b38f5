import {addWeight, subtractWeight, type Weight} from "#primitives";
import type {Call, DispatchResult, Pallet, RuntimeCall} from "../../src/runtime/testing.ts";
import {callOf, reweigh} from "./reweigh.ts";
import {sumOf, UTILITY_1241} from "./rhala-weights.ts";

type Batch = {calls: readonly RuntimeCall[]};

/** What a batch of these calls weighs besides them. */
function ownWeight(info: Call["info"], calls: readonly RuntimeCall[]): Weight {
  return subtractWeight(info({calls}).weight, sumOf(calls));
}

/**
 * Batches say afterwards what they weighed, with a part of their own for every call that ran. Exchanges that part.
 * (The counting wraps the inner calls, so a batch_all within a batch_all would not be seen for one.)
 */
function reportAnew(batch: Call, before: Call["info"], after: Call["info"]): void {
  const dispatch = batch.dispatch;
  batch.dispatch = (state, origin, args): DispatchResult => {
    let ran = 0;
    const {calls} = args as Batch;
    const counted = calls.map(item => ({
      ...item,
      call: {
        ...item.call,
        dispatch(...parameters: Parameters<Call["dispatch"]>) {
          ran++;
          return item.call.dispatch(...parameters);
        },
      },
    }));
    const result = dispatch.call(batch, state, origin, {calls: counted});
    const post = result.ok ? result.value : result.error.post;
    if (post.actualWeight === undefined) return result;
    const done = calls.slice(0, ran);
    const spent = subtractWeight(post.actualWeight, ownWeight(before, done));
    const anew = {...post, actualWeight: addWeight(spent, ownWeight(after, done))};
    return result.ok ? {...result, value: anew} : {...result, error: {...result.error, post: anew}};
  };
}

/** Utility with the weights of spec 1241. `force_batch` reports with the formula of `batch`, then as now. */
export function reweighUtility(utility: Pallet): void {
  const [batch, batchAll, forceBatch] = ["batch", "batch_all", "force_batch"].map(name =>
    callOf(utility, name),
  );
  const before = new Map(utility.calls?.map(call => [call, call.info.bind(call)]));
  reweigh(utility, UTILITY_1241);
  reportAnew(batch!, before.get(batch!)!, batch!.info);
  reportAnew(forceBatch!, before.get(batch!)!, batch!.info);
  reportAnew(batchAll!, before.get(batchAll!)!, batchAll!.info);
}
