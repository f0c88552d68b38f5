import {Decompress} from "fzstd";
import {concatBytes, err, inOneGo, ok, type Result, type Steps} from "#base";
import {UnpackedLast} from "./unpacked-last.ts";

/** Marks code that is compressed by zstd; what follows is one frame (upstream's sp-maybe-compressed-blob). */
const COMPRESSED = Uint8Array.of(0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05);

/** Upstream's bound on an unpacked runtime, `CODE_BLOB_BOMB_LIMIT`: bytes. */
export const MAX_UNPACKED_CODE = 50 * 1024 * 1024;

/**
 * The widest window that upstream's decoder takes unasked, `ZSTD_WINDOWLOG_LIMIT_DEFAULT`: bytes. Code compressed as hard as
 * it goes claims all of that, though it is shorter, and then most of it is never touched.
 */
const MAX_WINDOW = 2 ** 27;

/** Bytes given to the decoder at a time, so that it is stopped soon after the bound. */
const STEP = 65_536;

const LAST = new UnpackedLast();

/** Whether code says that it is compressed. */
export const isPacked = (code: Uint8Array): boolean =>
  COMPRESSED.every((byte, i) => code[i] === byte);

/**
 * The module itself; code that is not compressed is given back as it is. What a frame claims and what comes out of it are
 * both held to the bound, before there is memory for it. The failure is a reason for people.
 */
export const unpackCode = (code: Uint8Array): Result<Uint8Array, string> =>
  inOneGo(unpacking(code));

/** The same in steps: a large runtime takes a tenth of a second. */
export function* unpacking(code: Uint8Array): Steps<Result<Uint8Array, string>> {
  if (!isPacked(code)) return ok(code);
  const known = LAST.of(code);
  if (known !== undefined) return ok(known);
  const frame = code.slice(COMPRESSED.length);
  const claims = claimsOf(frame);
  if (claims === undefined) return err("zstd: no frame");
  const {content, window, blocksAt} = claims;
  if (content > MAX_UNPACKED_CODE) return err(`zstd: a frame that asks for ${content} bytes`);
  if (window > MAX_WINDOW) return err(`zstd: a frame that asks for a window of ${window} bytes`);
  const needed = mostOf(frame, blocksAt);
  if (needed !== undefined && needed < window) narrow(frame, needed);
  const parts: Uint8Array[] = [];
  let size = 0;
  const decoder = new Decompress(part => {
    size += part.length;
    if (size > MAX_UNPACKED_CODE)
      throw new Error(`it unpacks to more than ${MAX_UNPACKED_CODE} bytes`);
    parts.push(part);
  });
  try {
    for (let at = 0; at < frame.length; at += STEP) {
      decoder.push(frame.subarray(at, at + STEP), at + STEP >= frame.length);
      yield;
    }
  } catch (error) {
    return err(`zstd: ${error instanceof Error ? error.message : String(error)}`);
  }
  const module = concatBytes(...parts);
  LAST.keep(code, module);
  return ok(module);
}

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** Lengths of the content's size by the two bits that say it; with one segment 0 bits mean one byte. */
const SIZE_LENGTHS = [0, 2, 4, 8];
const DICTIONARY_LENGTHS = [0, 1, 2, 4];

/** What a frame's header makes a decoder allocate: its window, or its content (RFC 8878 §3.1.1.1). */
function claimsOf(
  frame: Uint8Array,
): {content: number; window: number; blocksAt: number} | undefined {
  if (!MAGIC.every((byte, i) => frame[i] === byte)) return undefined;
  const descriptor = frame[4];
  if (descriptor === undefined) return undefined;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBits = descriptor >> 6;
  const sizeLength = isSingle && sizeBits === 0 ? 1 : SIZE_LENGTHS[sizeBits]!;
  const sizeAt = 5 + (isSingle ? 0 : 1) + DICTIONARY_LENGTHS[descriptor & 3]!;
  if (frame.length < sizeAt + sizeLength) return undefined;
  let content = sizeLength === 2 ? 256 : 0;
  for (let i = 0; i < sizeLength; i++) content += frame[sizeAt + i]! * 2 ** (8 * i);
  const blocksAt = sizeAt + sizeLength;
  if (isSingle) return {content, window: content, blocksAt};
  const base = 2 ** (10 + (frame[5]! >> 3));
  return {content, window: base + (base / 8) * (frame[5]! & 7), blocksAt};
}

/** A compressed block says how long it is and not what it comes to, which is at most this (RFC 8878 §3.1.1.2.3): bytes. */
const LARGEST_BLOCK = 128 * 1024;
const COMPRESSED_BLOCK = 2;

/** The most that the blocks of a frame can come to; undefined where they are not whole. */
function mostOf(frame: Uint8Array, blocksAt: number): number | undefined {
  let most = 0;
  let at = blocksAt;
  for (;;) {
    if (at + 3 > frame.length) return undefined;
    const header = frame[at]! | (frame[at + 1]! << 8) | (frame[at + 2]! << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    most += type === COMPRESSED_BLOCK ? LARGEST_BLOCK : size;
    // One byte repeated is one byte there.
    at += 3 + (type === 1 ? 1 : size);
    if ((header & 1) === 1) return most;
  }
}

/**
 * Has a frame claim the least window that all of its content fits into, which changes nothing of what it says: our decoder
 * moves its whole window at each block, and that of 128 MiB takes it seconds. Only frames that say a window have one to change.
 */
function narrow(frame: Uint8Array, needed: number): void {
  if ((frame[4]! & 0x20) !== 0) return;
  for (let descriptor = 0; descriptor < frame[5]!; descriptor++) {
    const base = 2 ** (10 + (descriptor >> 3));
    if (base + (base / 8) * (descriptor & 7) < needed) continue;
    frame[5] = descriptor;
    return;
  }
}
