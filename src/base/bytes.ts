/**
 * Bytes as the field writes them: `Uint8Array` in code, `0x…` hex at the edges, and for map keys a
 * *binary string* (one char per byte), because a JavaScript `Map` compares strings by value and sorts
 * them in byte order, and neither holds for arrays.
 */

export type Hex = `0x${string}`;

/** A byte string as a JavaScript string of chars 0..255: value-compared, byte-ordered, cheap as a map key. */
export type BinaryString = string;

export const EMPTY_BYTES = new Uint8Array(0);

const HEX_OF_BYTE: readonly string[] = Array.from({length: 256}, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

export function bytesToHex(bytes: Uint8Array): Hex {
  let out = "0x";
  for (let i = 0; i < bytes.length; i++) out += HEX_OF_BYTE[bytes[i]!];
  return out as Hex;
}

function nibbleOf(charCode: number): number {
  if (charCode >= 48 && charCode <= 57) return charCode - 48;
  if (charCode >= 97 && charCode <= 102) return charCode - 87;
  if (charCode >= 65 && charCode <= 70) return charCode - 55;
  return -1;
}

/** Bytes of `0x…` hex (either case, even number of digits); `undefined` when the text is anything else. */
export function hexToBytes(hex: string): Uint8Array | undefined {
  if (!hex.startsWith("0x") || hex.length % 2 !== 0) return undefined;
  const out = new Uint8Array((hex.length - 2) / 2);
  for (let i = 0; i < out.length; i++) {
    const high = nibbleOf(hex.charCodeAt(2 + 2 * i));
    const low = nibbleOf(hex.charCodeAt(3 + 2 * i));
    if (high < 0 || low < 0) return undefined;
    out[i] = high * 16 + low;
  }
  return out;
}

/** For hex written in our own source: wrong hex is a bug, so it throws. */
export function hex(text: string): Uint8Array {
  const bytes = hexToBytes(text);
  if (bytes === undefined) throw new Error(`not hex: ${text}`);
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Byte order, shorter first on a common prefix: the order of storage keys and of sorted account lists. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Longest run of arguments passed to `fromCharCode` at once; engines limit argument counts near 65,536. */
const CHUNK = 8_192;

/**
 * Node's own way takes 0.2 microseconds for up to some thousand bytes; by arguments, of which each counts, 0.2 for 40 and 1.2 for 240.
 * Browsers have no such thing: their `TextDecoder` has other characters for 27 of the bytes.
 */
const node = (globalThis as {Buffer?: NodeBytes}).Buffer;
const WORTH_IT = 64;

interface NodeBytes {
  from(
    bytes: ArrayBufferLike,
    offset: number,
    length: number,
  ): {toString(encoding: "latin1"): string};
}

export function bytesToBinary(bytes: Uint8Array): BinaryString {
  return bytes.length < WORTH_IT || node === undefined
    ? binaryByArguments(bytes)
    : node.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** As `bytesToBinary`, anywhere. */
export function binaryByArguments(bytes: Uint8Array): BinaryString {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let out = "";
  for (let i = 0; i < bytes.length; i += CHUNK) {
    out += String.fromCharCode.apply(null, bytes.subarray(i, i + CHUNK) as unknown as number[]);
  }
  return out;
}

export function binaryToBytes(binary: BinaryString): Uint8Array {
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < out.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}

export function binaryToHex(binary: BinaryString): Hex {
  let out = "0x";
  for (let i = 0; i < binary.length; i++) out += HEX_OF_BYTE[binary.charCodeAt(i)];
  return out as Hex;
}

const UTF8_ENCODER = new TextEncoder();

export function utf8Bytes(text: string): Uint8Array {
  return UTF8_ENCODER.encode(text);
}
