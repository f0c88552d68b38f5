import type {Code, Frame, Func, Variable} from "#wasm";

/** Where a pair is: an address and bytes beyond it. */
export interface Place {
  readonly base: Code;
  readonly offset: number;
}

/** One element of a pair, perhaps negated. */
export interface Source {
  readonly place: Place;
  readonly lane: 0 | 1;
  readonly sign: 1 | -1;
}

/** What is added to the first and to the second element of a result; undefined adds nothing. */
export type Term = readonly [Source | undefined, Source | undefined];

/** Arithmetic on pairs, in one of two forms: with vectors or without. Results may lie where the arguments do. */
export interface FieldKernels {
  /** (out, a, b): the products of the first elements and of the second ones. */
  readonly multiply: Func;
  /** (out, a) */
  readonly square: Func;
  /** (out, a): squares of which the second is doubled. */
  readonly squareDoublingSecond: Func;
  /** Sums of elements, not carried. */
  linear(frame: Frame, out: Place, terms: readonly Term[]): Code;
}

export const placeAt = (variable: Variable, offset = 0): Place => ({base: variable.get, offset});

export const plus = (place: Place, lane: 0 | 1): Source => ({place, lane, sign: 1});
export const minus = (place: Place, lane: 0 | 1): Source => ({place, lane, sign: -1});
