import {invariant} from "#base";
import {
  bytes,
  type Codec,
  decode,
  encode,
  option,
  result,
  struct,
  tuple,
  u32,
  unit,
  type ValueOf,
  variant,
  vec,
} from "#codec";
import type {PackedSignature} from "#core";
import {transactionSource, validityError, validTransaction} from "#primitives";

/**
 * What goes between the node and a thread. What there is many of goes as one array that is handed over: to copy a thousand
 * small ones costs more than what is asked about them.
 */
export type ToThread =
  /** A state that will be asked about, under a number of its own, and what is likely to be read of it. */
  | {
      readonly kind: "begin";
      readonly state: number;
      readonly block: BlockOfState;
      /** Absent: that of the state begun before. */
      readonly code?: Uint8Array;
      readonly entries: Uint8Array;
    }
  | {readonly kind: "ask"; readonly state: number; readonly questions: Uint8Array}
  /** For the oldest `need` of that state. */
  | {readonly kind: "entries"; readonly state: number; readonly entries: Uint8Array}
  /** Nobody waits for an answer about it any more. */
  | {readonly kind: "end"; readonly state: number};

export type FromThread =
  | {readonly kind: "ready"}
  /** Keys of a state whose values are not there yet. */
  | {readonly kind: "need"; readonly state: number; readonly keys: Uint8Array}
  /** With the signatures that were found good on the way. */
  | {
      readonly kind: "answers";
      readonly answers: Uint8Array;
      readonly signatures: readonly PackedSignature[];
    }
  /** Keys that nearly every transaction reads: to come along with the next state. */
  | {readonly kind: "often"; readonly keys: Uint8Array};

export interface BlockOfState {
  readonly hash: Uint8Array;
  readonly number: number;
}

export const questions = vec(struct({id: u32, source: transactionSource, tx: bytes}));
export type Question = ValueOf<typeof questions>[number];

export const keys = vec(bytes);
export const entries = vec(tuple(bytes, option(bytes)));

/** What a thread found out of one transaction; `NotHere`: nothing, and whoever asked has to ask the runtime himself. */
const verdict = variant({
  NotHere: [0, unit],
  Judged: [1, result(validTransaction, validityError)],
  /** The call did not end within so many milliseconds. */
  GivenUp: [2, u32],
});
export type Verdict = ValueOf<typeof verdict>;

export const answers = vec(struct({id: u32, verdict}));
export type Answer = ValueOf<typeof answers>[number];

/** In an array of its own, to be handed over. */
export const packed = <T>(codec: Codec<T>, value: T): Uint8Array<ArrayBuffer> =>
  encode(codec, value).slice();

/** Only ever fed with what the other side packed. */
export function unpacked<T>(codec: Codec<T>, given: Uint8Array): T {
  const decoded = decode(codec, given);
  invariant(decoded.ok, "what a thread of this node packs is what it unpacks");
  return decoded.value;
}
