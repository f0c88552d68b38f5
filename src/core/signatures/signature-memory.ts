import {type BinaryString, bytesToBinary, LruCache} from "#base";
import type {SignatureRequest} from "#runtime-api";

/** A pool full of transactions several times over; some twenty megabytes when full of what our own runtime signs for, seventy at most. */
const REMEMBERED = 65_536;

/** Longer messages are not kept. Runtimes sign for a hash where a payload has more than 256 bytes (sp_runtime, `SignedPayload`). */
const LONGEST_MESSAGE = 1_024;

/**
 * Bytes of the signature and of the account that a name has of each: so many that nobody finds others which begin like them. The
 * signature's first half is a point that only its signer knows the secret of. The account is there since of ECDSA anybody can find one
 * for which another's signature holds, and must not push that one out.
 */
const NAMED = 16;

interface Remembered {
  readonly scheme: SignatureRequest["scheme"];
  /** Signature, account and message; a text takes half the room of an array. */
  readonly signed: BinaryString;
  /** Where the account begins, and where the message does: else a byte of the one could pass for one of the other. */
  readonly account: number;
  readonly message: number;
}

/**
 * Signatures that were found good, so that pool, authoring and import check each of them once. Only good ones are
 * kept: a bad one costs its sender, and remembering it would let anybody fill the memory. What is kept is a copy: a view
 * would hold on to the whole message that the transaction came in. The oldest goes first, however often it was asked for:
 * a signature is asked for soon after it came, or never again.
 */
export class SignatureMemory {
  readonly #good = new LruCache<BinaryString, Remembered>(REMEMBERED);
  readonly #name = new Uint8Array(2 * NAMED);

  has(request: SignatureRequest): boolean {
    const good = this.#good.peek(this.#nameOf(request));
    return good?.scheme === request.scheme && isSigned(good, request);
  }

  add(request: SignatureRequest): void {
    const {scheme, signature, account, message} = request;
    if (message.length > LONGEST_MESSAGE) return;
    const at = {account: signature.length, message: signature.length + account.length};
    const parts = new Uint8Array(at.message + message.length);
    parts.set(signature);
    parts.set(account, at.account);
    parts.set(message, at.message);
    this.#good.set(this.#nameOf(request), {scheme, signed: bytesToBinary(parts), ...at});
  }

  #nameOf({signature, account}: SignatureRequest): BinaryString {
    const name = this.#name;
    for (let i = 0; i < NAMED; i++) {
      name[i] = signature[i] ?? 0;
      name[NAMED + i] = account[i] ?? 0;
    }
    return bytesToBinary(name);
  }
}

function isSigned(good: Remembered, {signature, account, message}: SignatureRequest): boolean {
  const {signed} = good;
  return (
    signature.length === good.account &&
    account.length === good.message - good.account &&
    message.length === signed.length - good.message &&
    isAt(signed, 0, signature) &&
    isAt(signed, good.account, account) &&
    isAt(signed, good.message, message)
  );
}

function isAt(text: BinaryString, from: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (text.charCodeAt(from + i) !== bytes[i]) return false;
  return true;
}
