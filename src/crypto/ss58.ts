import {blake2b} from "@noble/hashes/blake2.js";
import {base58} from "@scure/base";
import {concatBytes, equalBytes, err, invariant, ok, type Result, utf8Bytes} from "#base";

/** An address type, for which `isSs58Prefix` holds: 30 is Phala's, 42 the generic Substrate one. */
export type Ss58Prefix = number;

export const GENERIC_SS58_PREFIX: Ss58Prefix = 42;

/** Two bytes hold 14 bits of prefix. */
export const MAX_SS58_PREFIX: Ss58Prefix = 16_383;

/** The public registry keeps these for nobody; Substrate and its clients refuse addresses of theirs. */
const RESERVED_PREFIXES: readonly number[] = [46, 47];

/** Whether addresses of that type may exist: a whole number from 0 to 16,383 that is not reserved. */
export const isSs58Prefix = (prefix: number): prefix is Ss58Prefix =>
  Number.isInteger(prefix) &&
  prefix >= 0 &&
  prefix <= MAX_SS58_PREFIX &&
  !RESERVED_PREFIXES.includes(prefix);

export interface Ss58Address {
  readonly prefix: Ss58Prefix;
  /** An account (32 bytes) or a compressed ecdsa public key (33 bytes). */
  readonly bytes: Uint8Array;
}

export type Ss58Failure =
  | {code: "ss58-not-base58"}
  | {code: "ss58-length"; length: number}
  /** The first byte announces a form that nobody has defined, or a prefix that is kept for nobody. */
  | {code: "ss58-prefix-reserved"; firstByte: number}
  | {code: "ss58-checksum"}
  | {code: "ss58-other-network"; expected: Ss58Prefix; found: Ss58Prefix};

const CHECKSUM_LENGTH = 2;
const CHECKSUM_DOMAIN = utf8Bytes("SS58PRE");

/** Longest text looked at: a 33-byte key under a two-byte prefix takes 51 characters. */
const MAX_TEXT_LENGTH = 64;

/** Throws for a prefix or a length that no address has: both are ours to choose. */
export function encodeSs58(bytes: Uint8Array, prefix: Ss58Prefix): string {
  invariant(bytes.length === 32 || bytes.length === 33, "an address holds 32 or 33 bytes");
  const body = concatBytes(encodePrefix(prefix), bytes);
  return base58.encode(concatBytes(body, checksum(body)));
}

/** With `expectedPrefix`, an address of another network is a failure. */
export function decodeSs58(
  text: string,
  expectedPrefix?: Ss58Prefix,
): Result<Ss58Address, Ss58Failure> {
  if (text.length > MAX_TEXT_LENGTH) return err({code: "ss58-length", length: text.length});
  const data = decodeBase58(text);
  if (data === undefined) return err({code: "ss58-not-base58"});
  const firstByte = data[0] ?? 0;
  if (firstByte >= 128 || RESERVED_PREFIXES.includes(firstByte)) {
    return err({code: "ss58-prefix-reserved", firstByte});
  }
  const prefixLength = firstByte < 64 ? 1 : 2;
  const bytes = data.slice(prefixLength, data.length - CHECKSUM_LENGTH);
  if (bytes.length !== 32 && bytes.length !== 33) {
    return err({code: "ss58-length", length: data.length});
  }
  const end = data.length - CHECKSUM_LENGTH;
  if (!equalBytes(data.subarray(end), checksum(data.subarray(0, end)))) {
    return err({code: "ss58-checksum"});
  }
  const prefix = prefixLength === 1 ? firstByte : decodeLongPrefix(firstByte, data[1]!);
  if (expectedPrefix !== undefined && prefix !== expectedPrefix) {
    return err({code: "ss58-other-network", expected: expectedPrefix, found: prefix});
  }
  return ok({prefix, bytes});
}

function decodeBase58(text: string): Uint8Array | undefined {
  try {
    return base58.decode(text);
  } catch {
    return undefined;
  }
}

function checksum(body: Uint8Array): Uint8Array {
  return blake2b(concatBytes(CHECKSUM_DOMAIN, body), {dkLen: 64}).subarray(0, CHECKSUM_LENGTH);
}

/**
 * From 64 on the 14 bits are spread over two bytes: `01` and bits 7..2, then bits 1..0 and bits 13..8, so that
 * the first byte tells the two forms apart.
 */
function encodePrefix(prefix: Ss58Prefix): Uint8Array {
  invariant(isSs58Prefix(prefix), "ss58 prefix");
  if (prefix < 64) return Uint8Array.of(prefix);
  return Uint8Array.of(((prefix & 0xfc) >> 2) | 0x40, (prefix >> 8) | ((prefix & 0b11) << 6));
}

function decodeLongPrefix(first: number, second: number): Ss58Prefix {
  return ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8);
}
