import {compareBytes} from "#base";

/**
 * The code that was unpacked last, for as long as there is memory for it. On a chain's way to its first block several ask for
 * the same, each for another part of it, and unpacking takes a tenth of a second each time.
 */
export class UnpackedLast {
  #packed: WeakRef<Uint8Array> | undefined;
  #module: WeakRef<Uint8Array> | undefined;

  of(packed: Uint8Array): Uint8Array | undefined {
    const last = this.#packed?.deref();
    const isSame = last !== undefined && (last === packed || compareBytes(last, packed) === 0);
    return isSame ? this.#module?.deref() : undefined;
  }

  keep(packed: Uint8Array, module: Uint8Array): void {
    this.#packed = new WeakRef(packed);
    this.#module = new WeakRef(module);
  }
}
