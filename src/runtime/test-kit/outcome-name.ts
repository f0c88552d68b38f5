import {type DispatchResult, errorName, type Pallet} from "../frame/index.ts";

/** `ok`, or the name of the error. */
export function outcomeName(pallets: readonly Pallet[], result: DispatchResult): string {
  return result.ok ? "ok" : errorName(pallets, result.error.error);
}
