import {type ReadDraft, type Reading, readDraft} from "./read-draft.ts";
import {formFields, isLine, shapeOf, type TextShape} from "./shape.ts";

/** Which argument of which call, by their names. */
export type ArgumentPlace = readonly [pallet: string, call: string, argument: string];

/** Undefined where the chain has no such call, or takes something else there. */
export function argumentShape(
  [pallet, call, argument]: ArgumentPlace,
  runtime: Reading["runtime"],
): TextShape | undefined {
  const field = formFields(runtime, pallet, call).find(({label}) => label === argument);
  const shape = field && shapeOf(field, runtime);
  return shape !== undefined && isLine(shape) ? shape : undefined;
}

/** An argument that is written in one line, by the type that this runtime gives it: what its codec takes, or what it takes. */
export function readArgument(place: ArgumentPlace, text: string, reading: Reading): ReadDraft {
  const shape = argumentShape(place, reading.runtime);
  const [pallet, call] = place;
  if (shape === undefined) {
    return {ok: false, at: [], expected: `this chain has no call ${pallet}.${call} of that kind`};
  }
  return readDraft(shape, {kind: "text", text}, reading);
}

/** The same of what is written in the chain's unit, however the runtime's source names its type. */
export function readAmountArgument(
  place: ArgumentPlace,
  text: string,
  reading: Reading,
): ReadDraft {
  const shape = argumentShape(place, reading.runtime);
  if (shape?.is !== "number") return readArgument(place, text, reading);
  const {most, isBig} = shape;
  return readDraft({is: "amount", most, isBig}, {kind: "text", text}, reading);
}
