import {bytesToBinary, utf8Bytes} from "#base";

/** An extrinsic with these bytes in it is refused with an error of another age. */
const MARK = utf8Bytes("refuse me in a way that nobody knows");

/** SCALE of `TransactionValidityError::Invalid` with a case that came later than this program. */
export const UNKNOWN_REFUSAL: Uint8Array = Uint8Array.of(0, 12);

/** An argument that has its extrinsic refused. */
export const unknownRefusalOf = (): Uint8Array => MARK.slice();

export function isMarked(bytes: Uint8Array): boolean {
  return bytesToBinary(bytes).includes(bytesToBinary(MARK));
}
