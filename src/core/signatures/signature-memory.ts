import {bytesToBinary, equalBytes} from "#base";
import type {SignatureRequest} from "#runtime-api";

/** A pool full of transactions several times over; some twenty megabytes when full. */
const REMEMBERED = 65_536;

type Remembered = Pick<SignatureRequest, "scheme" | "message">;

/**
 * Signatures that were found good, so that pool, authoring and import check each of them once. Only good ones are
 * kept: a bad one costs its sender, and remembering it would let anybody fill the memory. What is kept is a copy: a view
 * would hold on to the whole message that the transaction came in. The oldest goes first, however often it was asked for:
 * a signature is asked for soon after it came, or never again.
 */
export class SignatureMemory {
  readonly #good = new Map<string, Remembered>();

  has(request: SignatureRequest): boolean {
    const good = this.#good.get(nameOf(request));
    return good?.scheme === request.scheme && equalBytes(good.message, request.message);
  }

  add(request: SignatureRequest): void {
    const {scheme, message} = request;
    this.#good.set(nameOf(request), {scheme, message: message.slice()});
    if (this.#good.size <= REMEMBERED) return;
    const [oldest] = this.#good.keys();
    this.#good.delete(oldest!);
  }
}

/**
 * By account as well: of ECDSA anybody can find an account for which another's signature holds, and must not push that one out.
 * Without the message, which is longer than both and would be hashed at each look.
 */
function nameOf({signature, account}: SignatureRequest): string {
  return bytesToBinary(signature) + bytesToBinary(account);
}
