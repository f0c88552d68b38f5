/** The order of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 9496 §4). */
export const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Bits of a scalar. */
export const SCALAR_BITS = 253;

/** Words of 32 bits in a scalar. */
const SCALAR_WORDS = 8;

/** Longs of 64 bits in what `wordsOf` gives: a scalar's, and one of zeros, so that digits may be read beyond its end. */
const PADDED_LONGS = 5;

/** Where bytes become numbers: a view of each string of bytes takes as long as the rest. */
const LONGS = new BigUint64Array(8);
const BYTES_OF_LONGS = new Uint8Array(LONGS.buffer);

/** A number of little-endian bytes, at most 64, whose count is a multiple of eight. */
export function littleEndian(bytes: Uint8Array): bigint {
  BYTES_OF_LONGS.set(bytes);
  let value = 0n;
  for (let i = bytes.length / 8 - 1; i >= 0; i--) value = (value << 64n) | LONGS[i]!;
  return value;
}

/** A number below 2^256 as words of 32 bits, low first. */
export function wordsOf(scalar: bigint): Uint32Array {
  const longs = new BigUint64Array(PADDED_LONGS);
  let rest = scalar;
  for (let i = 0; i < PADDED_LONGS - 1; i++) {
    longs[i] = rest;
    rest >>= 64n;
  }
  return new Uint32Array(longs.buffer);
}

/** `count` bits (at most 16) from bit `at` on. */
function bitsAt(words: Uint32Array, at: number, count: number): number {
  const [word, shift] = [at >>> 5, at & 31];
  const low = words[word]! >>> shift;
  const high = shift === 0 ? 0 : words[word + 1]! << (32 - shift);
  return (low | high) & ((1 << count) - 1);
}

/** Of a number that is not zero. */
const trailingZeros = (number: number): number => 31 - Math.clz32(number & -number);

/** Digits of a non-adjacent form: a scalar has one more than bits. */
export const FORM_DIGITS = 256;

/**
 * Non-adjacent form of width w (Solinas 1997): digits for each power of two, zero or odd and of at most w - 1 bits beside
 * their sign, of which no two that are not zero lie within w places. Those that are not zero are told, low first.
 */
export function nonAdjacentForm(
  words: Uint32Array,
  width: number,
  tell: (at: number, digit: number) => void,
): void {
  const half = 1 << (width - 1);
  let [at, carried] = [0, 0];
  while (at < FORM_DIGITS) {
    const window = bitsAt(words, at, width) + carried;
    if ((window & 1) === 0) {
      // What is carried goes on being so: where it made zeros, there were ones.
      at += window === 0 ? width : trailingZeros(window);
      continue;
    }
    carried = window >= half ? 1 : 0;
    tell(at, window - (carried === 1 ? 2 * half : 0));
    at += width;
  }
}

/** Signed digits of so many bits each, from -2^(bits - 1) to 2^(bits - 1); told low first, `count` of them. */
export function signedDigits(
  words: Uint32Array,
  bits: number,
  count: number,
  tell: (window: number, digit: number) => void,
): void {
  const half = 1 << (bits - 1);
  let carried = 0;
  for (let i = 0; i < count; i++) {
    const at = i * bits;
    const window = (at < 32 * SCALAR_WORDS ? bitsAt(words, at, bits) : 0) + carried;
    carried = window > half ? 1 : 0;
    tell(i, window - (carried === 1 ? 2 * half : 0));
  }
}
