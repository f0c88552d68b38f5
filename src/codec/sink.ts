/**
 * Bytes up to which the engine keeps an array on its own heap. A longer one has memory of its own, which costs a microsecond or
 * two to get and give back, more than writing an account; V8's `typed_array_max_size_in_heap`.
 */
const ON_HEAP = 64;
/**
 * Longer copies are cut from slabs, which live as long as any array that was cut from them: a value that stays in a state keeps a
 * slab's worth of what was written beside it. Ten to a slab cost a third of what arrays of their own do; a hundred would cost a tenth,
 * and hold on to eight times as much.
 */
const SLAB_SIZE = 1_024;
const LARGEST_CUT = 256;

let slab = new Uint8Array(0);
let used = 0;

function copyOf(bytes: Uint8Array, length: number): Uint8Array {
  if (length <= ON_HEAP || length > LARGEST_CUT) return bytes.slice(0, length);
  if (used + length > slab.length) {
    slab = new Uint8Array(SLAB_SIZE);
    used = 0;
  }
  const copy = slab.subarray(used, used + length);
  used += length;
  copy.set(bytes.subarray(0, length));
  return copy;
}

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
    const copy = copyOf(this.#bytes, this.#length);
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
