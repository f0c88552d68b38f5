/** Why bytes are not the value they were taken for. `offset` counts from the start of the input. */
export interface DecodeFailure {
  readonly code:
    | "unexpected-end"
    | "trailing-bytes"
    | "invalid-value"
    | "too-deep"
    | "too-long"
    /** Whoever describes the type does not say what it looks like. */
    | "type-unknown";
  readonly message: string;
  readonly offset: number;
}

/** Carries a `DecodeFailure` up to the one place that catches it, `decode`. */
export class DecodeError extends Error {
  readonly failure: DecodeFailure;

  constructor(failure: DecodeFailure) {
    super(`${failure.message} at offset ${failure.offset}`);
    this.failure = failure;
  }
}

/** Deepest nesting of recursive types (a call within a call): Substrate's MAX_EXTRINSIC_DEPTH. */
const MAX_DEPTH = 256;

/**
 * Eight bytes on their way to a bigint, by which they are read. A view of the input itself would move a small array's bytes off
 * the heap, which costs more than most decoding.
 */
const WORD = new BigUint64Array(1);
const WORD_BYTES = new Uint8Array(WORD.buffer);
/** Turns the place of a byte into that in a word of this machine, which may have its highest byte first. */
const TURNED = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 7;

/** A cursor over SCALE bytes. Every read either succeeds or throws `DecodeError`; none reads past the end. */
export class Source {
  readonly bytes: Uint8Array;
  offset: number;
  #depth = 0;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  fail(code: DecodeFailure["code"], message: string): never {
    throw new DecodeError({code, message, offset: this.offset});
  }

  /** Moves past `length` bytes and says where they began. */
  advance(length: number): number {
    const start = this.offset;
    if (length > this.bytes.length - start) {
      this.fail("unexpected-end", `${length} bytes wanted, ${this.remaining} left`);
    }
    this.offset = start + length;
    return start;
  }

  u8(): number {
    return this.bytes[this.advance(1)]!;
  }

  u16(): number {
    const start = this.advance(2);
    return this.bytes[start]! | (this.bytes[start + 1]! << 8);
  }

  u32(): number {
    const start = this.advance(4);
    const {bytes} = this;
    const low = bytes[start]! | (bytes[start + 1]! << 8) | (bytes[start + 2]! << 16);
    return low + bytes[start + 3]! * 0x100_0000;
  }

  u64(): bigint {
    return this.#word(this.advance(8));
  }

  u128(): bigint {
    const start = this.advance(16);
    const low = this.#word(start);
    const {bytes} = this;
    for (let at = start + 8; at < start + 16; at++) {
      if (bytes[at] !== 0) return (this.#word(start + 8) << 64n) | low;
    }
    return low;
  }

  #word(start: number): bigint {
    const {bytes} = this;
    for (let i = 0; i < 8; i++) WORD_BYTES[i ^ TURNED] = bytes[start + i]!;
    return WORD[0]!;
  }

  /** A copy of the next `length` bytes: decoded values outlive the buffers they came in. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.slice(start, start + length);
  }

  /** Runs a decoder one level deeper; recursive types go through here. */
  nested<T>(decode: () => T): T {
    if (this.#depth >= MAX_DEPTH) this.fail("too-deep", `nested more than ${MAX_DEPTH} deep`);
    this.#depth++;
    const value = decode();
    this.#depth--;
    return value;
  }
}
