import {bytesToHex, err, ok, type Result} from "#base";
import {attempt, type Codec, type DecodeFailure, type Source} from "#codec";
import {type DispatchError, dispatchError} from "./dispatch.ts";
import {
  type ValidityError,
  type ValidTransaction,
  validityError,
  validTransaction,
} from "./validity.ts";

/**
 * What a runtime says with a variant that this program does not know, as runtimes of other ages may: its bytes, as they
 * came. Possible where it is the last thing in an answer, so that its end is known.
 */
export interface Unrecognized {
  readonly type: "Unrecognized";
  readonly value: Uint8Array;
}

export type ValidityErrorAnswer = ValidityError | Unrecognized;
export type DispatchErrorAnswer = DispatchError | Unrecognized;

/** What `TaggedTransactionQueue_validate_transaction` answers. */
export type TransactionValidityAnswer = Result<ValidTransaction, ValidityErrorAnswer>;
/** What `BlockBuilder_apply_extrinsic` answers. Outer: may it stand in the block. Inner: did its call succeed. */
export type ApplyExtrinsicAnswer = Result<Result<void, DispatchErrorAnswer>, ValidityErrorAnswer>;

export function decodeValidityAnswer(
  bytes: Uint8Array,
): Result<TransactionValidityAnswer, DecodeFailure> {
  return attempt(bytes, source => {
    if (isErr(source)) return err(openEnd(validityError, source));
    const validity = validTransaction.decodeFrom(source);
    atEnd(source);
    return ok(validity);
  });
}

export function decodeApplyAnswer(bytes: Uint8Array): Result<ApplyExtrinsicAnswer, DecodeFailure> {
  return attempt(bytes, source => {
    if (isErr(source)) return err(openEnd(validityError, source));
    if (isErr(source)) return ok(err(openEnd(dispatchError, source)));
    atEnd(source);
    return ok(ok());
  });
}

function isErr(source: Source): boolean {
  const tag = source.u8();
  return tag === 0 || tag === 1
    ? tag === 1
    : source.fail("invalid-value", `Result has no case ${tag}`);
}

function atEnd(source: Source): void {
  if (source.remaining > 0) source.fail("trailing-bytes", `${source.remaining} bytes left over`);
}

/** The rest of an answer, as what we know it to be or as bytes. */
function openEnd<T>(codec: Codec<T>, source: Source): T | Unrecognized {
  const rest = source.take(source.remaining);
  const known = attempt(rest, inner => {
    const value = codec.decodeFrom(inner);
    atEnd(inner);
    return value;
  });
  return known.ok ? known.value : {type: "Unrecognized", value: rest};
}

/** Whether it says that the validity cannot be told (`Unknown`), rather than that there is none (`Invalid`). */
export function isUnknownValidity(error: ValidityErrorAnswer): boolean {
  return error.type === "Unrecognized" ? error.value[0] === UNKNOWN_CASE : error.type === "Unknown";
}

/** Index of `TransactionValidityError::Unknown`. */
const UNKNOWN_CASE = 1;

/** For people: `Stale`, or the bytes of what is not known. */
export function describeValidityError(error: ValidityErrorAnswer): string {
  if (error.type === "Unrecognized") return `an error not known here (${bytesToHex(error.value)})`;
  return error.value.type;
}
