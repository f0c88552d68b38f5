/**
 * A call as a form: which fields it has, by the types that the runtime's metadata gives its arguments (`shape.ts`), what a
 * person has filled in so far (`draft.ts`), and what that comes to, or what is expected where it comes to nothing
 * (`read-draft.ts`). The values are those that the codecs of the chain write.
 *
 * Out of scope: how it looks (`parts/value-field.tsx`), and signing and sending.
 */
export {chosen, type Draft, draftOf, emptyDraft} from "./draft.ts";
export {
  type ArgumentPlace,
  argumentShape,
  readAmountArgument,
  readArgument,
} from "./read-argument.ts";
export {
  expectedText,
  type ReadDraft,
  type Reading,
  readArguments,
  readDraft,
} from "./read-draft.ts";
export {type FormField, formFields, isLine, type Shape, shapeOf, type TextShape} from "./shape.ts";
