import type {CheckInherentsResult, InherentData} from "#primitives";
import type {Externalities} from "#state";
import {trap} from "../frame/index.ts";
import type {Composition} from "./composition.ts";
import {type Extrinsic, encodeBare} from "./extrinsic.ts";

/** The inherents that the pallets make of what the author knows, in the order of the pallets. */
export function createInherents(
  state: Externalities,
  {pallets, runtimeCall}: Composition,
  data: InherentData,
): Uint8Array[] {
  return pallets.flatMap(pallet => {
    const created = pallet.inherent?.create(state, data);
    if (created === undefined) return [];
    if (!created.ok) return trap(`Inherent data of ${pallet.name} does not decode`);
    if (created.value === undefined) return [];
    return [encodeBare(runtimeCall, {pallet, ...created.value})];
  });
}

/** Whether the leading inherents agree with what we know ourselves; the first fatal error ends the check. */
export function checkInherents(
  state: Externalities,
  extrinsics: readonly Extrinsic[],
  data: InherentData,
): CheckInherentsResult {
  const errors = new Map<string, Uint8Array>();
  for (const {signed, call} of extrinsics) {
    const {inherent} = call.pallet;
    if (signed !== undefined || inherent?.isInherent(call.call) !== true) break;
    const error = inherent.check(state, call, data);
    if (error === undefined) continue;
    errors.set(error.identifier, error.encoded);
    if (error.fatal) return {okay: false, fatalError: true, errors};
  }
  return {okay: errors.size === 0, fatalError: false, errors};
}
