import type {DispatchInfo, Weight} from "#primitives";
import type {Call, Pallet, RuntimeCall} from "../../src/runtime/testing.ts";

/** A call's declared weight: from its arguments and what our own pallet declares. */
export type Reweighing = (args: never, declared: DispatchInfo) => Weight;

/** Gives calls of a pallet, by name, the weights of another runtime; class and behaviour stay. */
export function reweigh(pallet: Pallet, weights: Readonly<Record<string, Reweighing>>): void {
  for (const [name, weight] of Object.entries(weights)) {
    const call = callOf(pallet, name);
    const ours = call.info;
    call.info = args => {
      const declared = ours.call(call, args);
      return {...declared, weight: weight(args as never, declared)};
    };
  }
}

export function callOf(pallet: Pallet, name: string): Call {
  const found = pallet.calls?.find(call => call.name === name);
  if (found === undefined) throw new Error(`${pallet.name} has no call ${name}`);
  return found;
}

/** What the calls inside a call weigh by themselves. */
export function innerInfo({call, args}: RuntimeCall): DispatchInfo {
  return call.info(args);
}
