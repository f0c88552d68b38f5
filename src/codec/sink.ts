/**
 * A growing buffer that SCALE values are written into. Room is reserved before the buffer is looked at, since
 * reserving may replace it.
 */
export class Sink {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  #reserve(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, start));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = needed;
    return start;
  }

  u8(value: number): void {
    const start = this.#reserve(1);
    this.#bytes[start] = value;
  }

  u16(value: number): void {
    const start = this.#reserve(2);
    this.#view.setUint16(start, value, true);
  }

  u32(value: number): void {
    const start = this.#reserve(4);
    this.#view.setUint32(start, value, true);
  }

  u64(value: bigint): void {
    const start = this.#reserve(8);
    this.#view.setBigUint64(start, value, true);
  }

  u128(value: bigint): void {
    const start = this.#reserve(16);
    this.#view.setBigUint64(start, value & 0xffff_ffff_ffff_ffffn, true);
    this.#view.setBigUint64(start + 8, value >> 64n, true);
  }

  raw(bytes: Uint8Array): void {
    const start = this.#reserve(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** A copy of what was written; the sink is then empty and may be used again. */
  takeCopy(): Uint8Array {
    const copy = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return copy;
  }

  /** What was written. The sink may not be used afterwards: the bytes can share its buffer. */
  finish(): Uint8Array {
    return this.#length === this.#bytes.length
      ? this.#bytes
      : this.#bytes.subarray(0, this.#length);
  }
}
