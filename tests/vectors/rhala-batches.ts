import {addWeight, subtractWeight, type Weight} from "#primitives";
import type {Call, DispatchResult, Pallet, RuntimeCall} from "../../src/runtime/testing.ts";
import {callOf, innerInfo, reweigh} from "./reweigh.ts";
import {sumOf, UTILITY_1241} from "./rhala-weights.ts";

type Batch = {calls: readonly RuntimeCall[]};

/** What a batch of these calls weighs besides them. */
function ownWeight(info: Call["info"], calls: readonly RuntimeCall[]): Weight {
  return subtractWeight(info({calls}).weight, sumOf(calls));
}

/**
 * Batches say afterwards what they weighed, with a part of their own for every call that ran. Exchanges that part. Calls are
 * counted where they are dispatched, and left the objects that they are: a batch_all knows another one by that.
 */
function reportAnew(
  batch: Call,
  before: Call["info"],
  after: Call["info"],
  /** Whether it goes on after a call that fails. */
  triesAll = false,
): void {
  const dispatch = batch.dispatch;
  batch.dispatch = (state, origin, args): DispatchResult => {
    const {calls} = args as Batch;
    const [result, ran] = counting(calls, () => dispatch.call(batch, state, origin, args));
    const post = result.ok ? result.value : result.error.post;
    if (post.actualWeight === undefined) return result;
    const done = triesAll ? calls : calls.slice(0, ran);
    const spent = subtractWeight(post.actualWeight, ownWeight(before, done));
    const anew = {...post, actualWeight: addWeight(spent, ownWeight(after, done))};
    return result.ok ? {...result, value: anew} : {...result, error: {...result.error, post: anew}};
  };
}

/**
 * Runs work, and counts how many of these calls are tried in it: each has arguments of its own, by which it is known. One that
 * is refused before it is dispatched, as a batch_all in another one, counts as well: it ends its batch, or the next one follows.
 */
function counting<T>(calls: readonly RuntimeCall[], work: () => T): [T, number] {
  const places = new Map(calls.map(({args}, i) => [args, i]));
  let tried = 0;
  let wentWell = true;
  const restored = [...new Set(calls.map(({call}) => call))].map(call => {
    const {dispatch} = call;
    call.dispatch = (state, origin, args) => {
      const result = dispatch.call(call, state, origin, args);
      const place = places.get(args);
      if (place !== undefined) {
        tried = place + 1;
        wentWell = result.ok;
      }
      return result;
    };
    return () => {
      call.dispatch = dispatch;
    };
  });
  try {
    const result = work();
    return [result, wentWell && tried < calls.length ? tried + 1 : tried];
  } finally {
    for (const restore of restored.reverse()) restore();
  }
}

/** Utility with the weights of spec 1241. `force_batch` reports with the formula of `batch`, then as now. */
export function reweighUtility(utility: Pallet): void {
  const [batch, batchAll, forceBatch] = ["batch", "batch_all", "force_batch"].map(name =>
    callOf(utility, name),
  );
  const before = new Map(utility.calls?.map(call => [call, call.info.bind(call)]));
  reweigh(utility, UTILITY_1241);
  reportAnew(batch!, before.get(batch!)!, batch!.info);
  reportAnew(forceBatch!, before.get(batch!)!, batch!.info, true);
  reportAnew(batchAll!, before.get(batchAll!)!, batchAll!.info);
  const asDerivative = callOf(utility, "as_derivative");
  reportOwnAnew(asDerivative, before.get(asDerivative)!, asDerivative.info);
}

/** As batches do, a call under another account says afterwards what it weighed, with a part of its own. */
function reportOwnAnew(call: Call, before: Call["info"], after: Call["info"]): void {
  const dispatch = call.dispatch;
  call.dispatch = (state, origin, args): DispatchResult => {
    const result = dispatch.call(call, state, origin, args);
    const post = result.ok ? result.value : result.error.post;
    if (post.actualWeight === undefined) return result;
    const inner = innerInfo((args as {call: RuntimeCall}).call).weight;
    const own = (info: Call["info"]) => subtractWeight(info(args).weight, inner);
    const spent = subtractWeight(post.actualWeight, own(before));
    const anew = {...post, actualWeight: addWeight(spent, own(after))};
    return result.ok ? {...result, value: anew} : {...result, error: {...result.error, post: anew}};
  };
}
