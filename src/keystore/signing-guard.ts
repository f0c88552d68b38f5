import type {Result} from "#base";
import type {KeyType} from "./key-types.ts";

/** Why a signature must not be made. */
export type GuardRefusal =
  /** The place lies below all that is remembered, or is promised to something that cannot be read any more. */
  | {readonly code: "already-signed"; readonly last: string}
  /** This very place is promised to other content. Signing that is the same signature as before, and does no harm. */
  | {readonly code: "promised-otherwise"; readonly content: Uint8Array}
  /** `reason` is the system's error code. It may go well another time. */
  | {readonly code: "guard-unwritable"; readonly file: string; readonly reason: string};

/** What a key has said last, or was about to say when its process ended: the same may be said again. */
export interface SigningPromise {
  readonly place: readonly number[];
  /** Undefined where the record is damaged: the place is taken, by what is not known. */
  readonly content: Uint8Array | undefined;
}

/**
 * Promises remembered of a key, by what it is for. A voter that went past a step of a round never goes back to it, so
 * the last is enough. Slots may be gone back to: a clock that was set forward by an hour, and right again soon after,
 * must not cost the hour. What lies between two remembered slots was never signed for.
 */
export const PROMISES_KEPT: Readonly<Record<KeyType, number>> = {aura: 64, gran: 1};

/**
 * Sees to it that no key signs twice for one place in its line of duty: a slot for Aura, a step of a round for
 * Grandpa. A place is promised to some content before the signature is made and stays promised, over restarts, for
 * every process that uses the same folder. Taking a place again for the same content is allowed: that is the same
 * signature.
 */
export interface SigningGuard {
  /** `place`: numbers in the order of their weight, `[slot]` or `[set, round, step]`; never below all remembered. */
  take(
    keyType: KeyType,
    publicKey: Uint8Array,
    place: readonly number[],
    content: Uint8Array,
  ): Result<void, GuardRefusal>;
  /** The highest place that a key has promised. Undefined for none, an error where that cannot be read now. */
  last(
    keyType: KeyType,
    publicKey: Uint8Array,
  ): Result<SigningPromise | undefined, GuardRefusal & {code: "guard-unwritable"}>;
}

/** Words for a refusal. */
export function describeGuardRefusal(refusal: GuardRefusal): string {
  switch (refusal.code) {
    case "already-signed":
      return `this key has signed for ${refusal.last} (hex) already`;
    case "promised-otherwise":
      return "this key has promised something else for this place";
    case "guard-unwritable":
      return `${refusal.file} cannot be used: ${refusal.reason}`;
  }
}

/** Room for a number of 2^53 in hex, so that names sort as places do. */
const DIGITS = 14;

/** Text that sorts as the places do. */
export function placeText(place: readonly number[]): string {
  return place.map(number => number.toString(16).padStart(DIGITS, "0")).join("-");
}

/** The place of a text; undefined for one that `placeText` does not make. */
export function parsePlace(text: string): readonly number[] | undefined {
  if (!/^[0-9a-f]{14}(-[0-9a-f]{14})*$/.test(text)) return undefined;
  return text.split("-").map(part => Number.parseInt(part, 16));
}
