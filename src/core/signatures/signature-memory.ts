import {bytesToBinary, LruCache} from "#base";
import type {SignatureRequest} from "#runtime-api";

/** A pool full of transactions several times over; some twenty megabytes when full. */
const REMEMBERED = 65_536;

/**
 * Signatures that were found good, so that pool, authoring and import check each of them once. Only good ones are
 * kept: a bad one costs its sender, and remembering it would let anybody fill the memory. What is kept is a copy: a view
 * would hold on to the whole message that the transaction came in.
 */
export class SignatureMemory {
  readonly #good = new LruCache<string, true>(REMEMBERED);

  has(request: SignatureRequest): boolean {
    return this.#good.get(nameOf(request)) === true;
  }

  add(request: SignatureRequest): void {
    this.#good.set(nameOf(request), true);
  }
}

/** Signature and account have one length in each scheme, so no two requests have the same name. */
function nameOf({scheme, signature, account, message}: SignatureRequest): string {
  return `${scheme}:${bytesToBinary(signature)}${bytesToBinary(account)}${bytesToBinary(message)}`;
}
