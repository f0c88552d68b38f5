import {type BinaryString, bytesToBinary, EMPTY_BYTES, hexToBytes} from "#base";
import {decodeSs58} from "#crypto";
import type {AccountId, Hash} from "#primitives";
import type {Reader} from "./reader.ts";

const MAX_U32 = 0xffff_ffff;

/** Hex beyond this many characters goes through node's decoder: three to ten times faster, and not worth its set-up below. */
const LONG_HEX = 128;

const HEX_DIGITS = /^0x[0-9a-fA-F]*$/;

function longHexToBytes(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !HEX_DIGITS.test(text)) return undefined;
  // Memory of its own: node's shared one would be kept for as long as one transaction out of it waits.
  const buffer = Buffer.allocUnsafeSlow((text.length - 2) / 2);
  buffer.write(text.slice(2), "hex");
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** `Bytes`; the empty string counts as `0x`, which PAPI relies on (spec/rpc §1). */
export const bytes: Reader<Uint8Array> = {
  expected: "0x-prefixed hex",
  schema: {type: "string", pattern: "^(0x([0-9a-fA-F]{2})*)?$"},
  read(json) {
    if (typeof json !== "string") return undefined;
    if (json.length === 0) return EMPTY_BYTES;
    return json.length < LONG_HEX ? hexToBytes(json) : longHexToBytes(json);
  },
};

export const storageKey: Reader<BinaryString> = {
  expected: bytes.expected,
  schema: bytes.schema,
  read(json) {
    const read = bytes.read(json);
    return read === undefined ? undefined : bytesToBinary(read);
  },
};

export const hash: Reader<Hash> = {
  expected: "0x-prefixed hex of 32 bytes",
  schema: {type: "string", pattern: "^0x[0-9a-fA-F]{64}$"},
  read(json) {
    if (typeof json !== "string" || json.length !== 66) return undefined;
    return hexToBytes(json);
  },
};

export const text: Reader<string> = {
  expected: "a string",
  schema: {type: "string"},
  read: json => (typeof json === "string" ? json : undefined),
};

export const bool: Reader<boolean> = {
  expected: "true or false",
  schema: {type: "boolean"},
  read: json => (typeof json === "boolean" ? json : undefined),
};

export const u32: Reader<number> = {
  expected: "a whole number of 32 bits",
  schema: {type: "integer", minimum: 0, maximum: MAX_U32},
  read: json => (isU32(json) ? json : undefined),
};

function isU32(json: unknown): json is number {
  return typeof json === "number" && Number.isInteger(json) && json >= 0 && json <= MAX_U32;
}

/** Milliseconds since 1970. */
export const unixTime: Reader<number> = {
  expected: "milliseconds since 1970",
  schema: {type: "integer", minimum: 0},
  read: json =>
    typeof json === "number" && Number.isSafeInteger(json) && json >= 0 ? json : undefined,
};

const HEX_QUANTITY = /^0x[0-9a-fA-F]{1,16}$/;

/** A height as a number or as hex, zero-padded or not: PAPI echoes the padded form (spec/rpc §3.2). */
export const height: Reader<number> = {
  expected: "a block number, as a number or 0x-prefixed hex",
  schema: {oneOf: [u32.schema, {type: "string", pattern: "^0x[0-9a-fA-F]{1,16}$"}]},
  read(json) {
    if (typeof json !== "string") return u32.read(json);
    return HEX_QUANTITY.test(json) ? u32.read(Number(json)) : undefined;
  },
};

/** An account by its address, of whatever network. */
export const address: Reader<AccountId> = {
  expected: "an SS58 address of an account",
  schema: {type: "string", description: "SS58"},
  read(json) {
    if (typeof json !== "string") return undefined;
    const decoded = decodeSs58(json);
    return decoded.ok && decoded.value.bytes.length === 32 ? decoded.value.bytes : undefined;
  },
};

/** Far more than clients ask for at once, and read in less than a slot's tenth. */
const MOST_ITEMS = 65_536;

export const listOf = <T>(item: Reader<T>): Reader<readonly T[]> => ({
  expected: `a list of at most ${MOST_ITEMS}, each item ${item.expected}`,
  schema: {type: "array", items: item.schema, maxItems: MOST_ITEMS},
  read(json) {
    if (!Array.isArray(json) || json.length > MOST_ITEMS) return undefined;
    const read: T[] = [];
    for (const element of json) {
      const value = item.read(element);
      if (value === undefined) return undefined;
      read.push(value);
    }
    return read;
  },
});

/** One item, or a list of them; read as a list. */
export const oneOrMany = <T>(item: Reader<T>): Reader<readonly T[]> => ({
  expected: `${item.expected}; or a list of such`,
  schema: {oneOf: [item.schema, listOf(item).schema]},
  read(json) {
    if (Array.isArray(json)) return listOf(item).read(json);
    const one = item.read(json);
    return one === undefined ? undefined : [one];
  },
});

/** The first reader that takes the value. */
export const either = <A, B>(a: Reader<A>, b: Reader<B>): Reader<A | B> => ({
  expected: `${a.expected}; or ${b.expected}`,
  schema: {anyOf: [a.schema, b.schema]},
  read: json => a.read(json) ?? b.read(json),
});
