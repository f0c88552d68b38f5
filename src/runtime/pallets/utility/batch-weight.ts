import {addWeight, type DispatchClass, type Weight, ZERO_WEIGHT} from "#primitives";
import type {Externalities} from "#state";
import type {DispatchResult, Origin, RuntimeCall} from "../../frame/index.ts";
import {actualWeight} from "../system/index.ts";
import type {UtilityParts} from "./index.ts";

export function callInfoOf({call, args}: RuntimeCall) {
  return call.info(args);
}

/** Operational only if all calls in the batch are, as also an empty batch is. */
export function batchClass(calls: readonly RuntimeCall[]): DispatchClass {
  return calls.every(call => callInfoOf(call).class === "Operational") ? "Operational" : "Normal";
}

export function declaredWeight(calls: readonly RuntimeCall[]): Weight {
  return calls.map(call => callInfoOf(call).weight).reduce(addWeight, ZERO_WEIGHT);
}

/** What the inner call really weighed, whether it went well or not. */
export function spentWeight(call: RuntimeCall, result: DispatchResult): Weight {
  const post = result.ok ? result.value : result.error.post;
  return actualWeight(post.actualWeight, callInfoOf(call));
}

/** One item of a batch: root is not filtered, everybody else is. */
export function dispatchItem(
  {dispatcher}: UtilityParts,
  state: Externalities,
  origin: Origin,
  call: RuntimeCall,
): DispatchResult {
  return origin.caller.type === "Root"
    ? dispatcher.dispatchBypassingFilter(state, origin, call)
    : dispatcher.dispatch(state, origin, call);
}
