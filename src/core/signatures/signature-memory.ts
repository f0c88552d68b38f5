import {type BinaryString, LruCache} from "#base";
import type {SignatureRequest} from "#runtime-api";
import {
  isPackedOf,
  nameOf,
  nameOfPacked,
  type PackedSignature,
  packSignature,
} from "./packed-signature.ts";

/**
 * A pool full of transactions several times over: 25 megabytes when full of what our own runtime signs for, 83 at most.
 */
const REMEMBERED = 65_536;

/**
 * Signatures that were found good, so that pool, authoring and import check each of them once. Only good ones are
 * kept: a bad one costs its sender, and remembering it would let anybody fill the memory. What is kept is a copy: a view
 * would hold on to the whole message that the transaction came in. The oldest goes first, however often it was asked for:
 * a signature is asked for soon after it came, or never again.
 */
export class SignatureMemory {
  readonly #good = new LruCache<BinaryString, PackedSignature>(REMEMBERED);

  has(request: SignatureRequest): boolean {
    const name = nameOf(request);
    const good = name === undefined ? undefined : this.#good.peek(name);
    return good !== undefined && isPackedOf(good, request);
  }

  add(request: SignatureRequest): void {
    const packed = packSignature(request);
    if (packed !== undefined) this.addPacked(packed);
  }

  addPacked(packed: PackedSignature): void {
    this.#good.set(nameOfPacked(packed), packed);
  }
}
