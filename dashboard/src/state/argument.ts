import {type ArgumentPlace, readAmountArgument, readArgument} from "../call-form/index.ts";
import {chain} from "./chain.ts";
import {currentRuntime} from "./current-runtime.ts";

/** What a line of a form comes to as an argument of a call: what its codec takes, or why it takes nothing of it. */
export type Argument =
  | {readonly value: unknown; readonly hindrance?: undefined}
  | {readonly value?: undefined; readonly hindrance: string};

const UNKNOWN_YET: Argument = {hindrance: "the chain's runtime is not known yet"};

/** By the type that the current runtime gives it. */
export function argumentOf(place: ArgumentPlace, text: string): Argument {
  return argumentBy(readArgument, place, text);
}

/** In the chain's unit, to the smallest one. */
export function amountArgument(
  place: ArgumentPlace,
  text: string,
): {readonly value?: bigint; readonly hindrance?: string} {
  const {value, hindrance} = argumentBy(readAmountArgument, place, text);
  if (hindrance !== undefined) return {hindrance};
  // The narrowest types have numbers of another kind.
  return {value: BigInt(value as bigint | number)};
}

function argumentBy(read: typeof readArgument, place: ArgumentPlace, text: string): Argument {
  const runtime = currentRuntime.value.value;
  const unit = chain.value?.unit;
  if (runtime === undefined || unit === undefined) return UNKNOWN_YET;
  const argument = read(place, text, {runtime, unit});
  return argument.ok ? {value: argument.value} : {hindrance: argument.expected};
}
