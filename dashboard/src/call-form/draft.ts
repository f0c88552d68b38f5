import type {TypedRuntime} from "../chain/type-fields.ts";
import {type FormField, type Shape, shapeOf} from "./shape.ts";

/** What a person has filled in so far, shaped as the form is. */
export type Draft =
  | {readonly kind: "text"; readonly text: string}
  | {readonly kind: "flag"; readonly isOn: boolean}
  /** Of a list, as many as there are now. */
  | {readonly kind: "parts"; readonly parts: readonly Draft[]}
  /** Nothing is chosen at first: a type may hold itself. */
  | {readonly kind: "choice"; readonly name: string | undefined; readonly inner: Draft}
  | {readonly kind: "nothing"};

const NOTHING: Draft = {kind: "nothing"};

export const emptyDraft = (field: FormField, runtime: TypedRuntime): Draft =>
  draftOf(shapeOf(field, runtime), runtime);

/** Who is meant is an account, wherever it could be something else too. */
const USUAL = "Id";

/** What is chosen when nothing was filled in. */
export function draftOf(shape: Shape, runtime: TypedRuntime): Draft {
  switch (shape.is) {
    case "nothing":
      return NOTHING;
    case "flag":
      return {kind: "flag", isOn: false};
    case "parts":
      return {kind: "parts", parts: shape.fields.map(each => emptyDraft(each, runtime))};
    case "list":
      return {kind: "parts", parts: []};
    case "option":
      return {kind: "choice", name: "None", inner: NOTHING};
    case "result":
      return {kind: "choice", name: undefined, inner: NOTHING};
    case "choice": {
      const [only] = shape.cases;
      const name = shape.cases.includes(USUAL)
        ? USUAL
        : shape.cases.length === 1
          ? only
          : undefined;
      return chosen(shape, name, runtime);
    }
    default:
      return {kind: "text", text: ""};
  }
}

/** A choice with what belongs to it, still empty. */
export const chosen = (
  shape: Extract<Shape, {is: "choice"}>,
  name: string | undefined,
  runtime: TypedRuntime,
): Draft => ({
  kind: "choice",
  name,
  inner: name === undefined ? NOTHING : draftOf(shape.within(name), runtime),
});
