import {type BinaryString, bytesToBinary} from "#base";
import {SIGNATURE_SCHEMES} from "#crypto";
import type {SignatureRequest} from "#runtime-api";

/** A signature with all that it is about, as one text: it takes half the room of an array, and goes from thread to thread for little. */
export type PackedSignature = BinaryString;

/** Scheme, length of the signature, length of the account; then signature, account and message. */
const HEAD = 3;

/** Longer messages are not packed. Runtimes sign for a hash where a payload has more than 256 bytes (sp_runtime, `SignedPayload`). */
const LONGEST_MESSAGE = 1_024;

/**
 * Bytes of the signature and of the account that a name has of each: so many that nobody finds others which begin like them. The
 * signature's first half is a point that only its signer knows the secret of. The account is there since of ECDSA anybody can find one
 * for which another's signature holds, and must not push that one out.
 */
const NAMED = 16;

const name = new Uint8Array(2 * NAMED);

/** Undefined of what no transaction is signed by. */
export function packSignature(request: SignatureRequest): PackedSignature | undefined {
  const {scheme, signature, account, message} = request;
  if (!isNamed(request) || message.length > LONGEST_MESSAGE) return undefined;
  const bytes = new Uint8Array(HEAD + signature.length + account.length + message.length);
  bytes[0] = SIGNATURE_SCHEMES.indexOf(scheme);
  bytes[1] = signature.length;
  bytes[2] = account.length;
  bytes.set(signature, HEAD);
  bytes.set(account, HEAD + signature.length);
  bytes.set(message, HEAD + signature.length + account.length);
  return bytesToBinary(bytes);
}

/** Under which it is found; undefined of what cannot be packed. */
export function nameOf(request: SignatureRequest): BinaryString | undefined {
  if (!isNamed(request)) return undefined;
  const {signature, account} = request;
  for (let i = 0; i < NAMED; i++) {
    name[i] = signature[i]!;
    name[NAMED + i] = account[i]!;
  }
  return bytesToBinary(name);
}

export function nameOfPacked(packed: PackedSignature): BinaryString {
  const account = HEAD + packed.charCodeAt(1);
  return packed.slice(HEAD, HEAD + NAMED) + packed.slice(account, account + NAMED);
}

/** Whether it says the same, byte for byte, each in its place. */
export function isPackedOf(
  packed: PackedSignature,
  {scheme, signature, account, message}: SignatureRequest,
): boolean {
  const ofAccount = HEAD + signature.length;
  const ofMessage = ofAccount + account.length;
  return (
    packed.charCodeAt(0) === SIGNATURE_SCHEMES.indexOf(scheme) &&
    packed.charCodeAt(1) === signature.length &&
    packed.charCodeAt(2) === account.length &&
    packed.length === ofMessage + message.length &&
    isAt(packed, HEAD, signature) &&
    isAt(packed, ofAccount, account) &&
    isAt(packed, ofMessage, message)
  );
}

/** Lengths take a byte each. */
const isNamed = ({signature, account}: SignatureRequest): boolean =>
  signature.length >= NAMED &&
  account.length >= NAMED &&
  signature.length < 256 &&
  account.length < 256;

function isAt(text: BinaryString, from: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (text.charCodeAt(from + i) !== bytes[i]) return false;
  return true;
}
