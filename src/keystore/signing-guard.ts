import type {Result} from "#base";
import type {KeyType} from "./key-types.ts";

/** Why a signature must not be made. */
export type GuardRefusal =
  /** This key signed for this place before, something else, or for a later one. */
  | {readonly code: "already-signed"; readonly last: string}
  | {readonly code: "guard-unwritable"; readonly file: string; readonly reason: string};

/**
 * Sees to it that no key signs twice for one place in its line of duty: a slot for Aura, a step of a round for
 * Grandpa. A place is taken before the signature is made and stays taken, over restarts, for every process that
 * uses the same folder. Taking a place again for the same content is allowed: that is the same signature.
 */
export interface SigningGuard {
  /** `place`: numbers in the order of their weight, `[slot]` or `[set, round, step]`; only ever rises. */
  take(
    keyType: KeyType,
    publicKey: Uint8Array,
    place: readonly number[],
    content: Uint8Array,
  ): Result<void, GuardRefusal>;
}

/** Words for a refusal. */
export function describeGuardRefusal(refusal: GuardRefusal): string {
  switch (refusal.code) {
    case "already-signed":
      return `this key has signed for ${refusal.last} (hex) already`;
    case "guard-unwritable":
      return `${refusal.file} cannot be written: ${refusal.reason}`;
  }
}

/** Room for a number of 2^53 in hex, so that names sort as places do. */
const DIGITS = 14;

/** Text that sorts as the places do. */
export function placeText(place: readonly number[]): string {
  return place.map(number => number.toString(16).padStart(DIGITS, "0")).join("-");
}
