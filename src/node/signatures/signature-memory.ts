import {bytesToBinary, equalBytes, LruCache} from "#base";
import type {SignatureRequest} from "#runtime-api";

/** A pool full of transactions several times over. */
const REMEMBERED = 65_536;

/**
 * Signatures that were found good, so that pool, authoring and import check each of them once. Only good ones are
 * kept: a bad one costs its sender, and remembering it would let anybody fill the memory.
 */
export class SignatureMemory {
  readonly #good = new LruCache<string, SignatureRequest>(REMEMBERED);

  has(request: SignatureRequest): boolean {
    const known = this.#good.get(bytesToBinary(request.signature));
    return (
      known !== undefined &&
      known.scheme === request.scheme &&
      equalBytes(known.account, request.account) &&
      equalBytes(known.message, request.message)
    );
  }

  add(request: SignatureRequest): void {
    this.#good.set(bytesToBinary(request.signature), request);
  }
}
