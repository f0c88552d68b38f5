import {err, ok} from "#base";
import type {DispatchOutcome} from "#primitives";
import type {DispatchResult} from "../../frame/index.ts";

/** The result of an inner call as events show it. */
export function innerOutcome(result: DispatchResult): DispatchOutcome {
  return result.ok ? ok(undefined) : err(result.error.error);
}
