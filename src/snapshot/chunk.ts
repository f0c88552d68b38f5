import {type BinaryString, bytesToBinary, err, ok, type Result} from "#base";
import {bytes, decode, encode, option, struct, tuple, u8, u32, vec} from "#codec";
import type {StateEdge, StateRow} from "#state";

/** What a row is: the two low bits of its first number. */
const KINDS = ["inline", "hashed", "child"] as const;
/** Stands where a row would: the entries of a child trie are over. */
const END_OF_CHILD = 3;

/** More than any state has below one branch, or on the way to a key. */
const DEEPEST = 4_096;
const branch = struct({end: u32, children: vec(tuple(u8, bytes), {bound: 16})});
const edge = vec(branch, {bound: DEEPEST});
const stateEdge = struct({top: edge, child: option(edge)});

/** Bytes that a chunk may come to, unpacked: many times what is written. */
export const LARGEST_CHUNK = 64 * 1_024 * 1_024;

const GROWTH = 2;
const FIRST_SIZE = 65_536;

/**
 * Puts rows into the bytes of a chunk. A row is a number (the length of its value times four, and its kind), how much of its key
 * is that of the row before in the same trie, how much follows, that, and the value; numbers have seven bits a byte, lowest first.
 * After the rows comes what stands right of the last one (SCALE), and how long that is (u32, little-endian).
 */
export class ChunkWriter {
  #out = new Uint8Array(FIRST_SIZE);
  #at = 0;
  #top: BinaryString = "";
  #child: BinaryString | undefined;
  rows = 0;

  /** `isInChild`: the first row belongs to a child trie that began in the chunk before. */
  constructor(isInChild: boolean) {
    if (isInChild) this.#child = "";
  }

  /** Bytes so far. */
  get size(): number {
    return this.#at;
  }

  add(row: StateRow): void {
    if (row.kind === "end") {
      this.#reserve(1);
      this.#out[this.#at++] = END_OF_CHILD;
      this.#child = undefined;
      return;
    }
    const {key, value, kind} = row;
    const before = this.#child ?? this.#top;
    let shared = 0;
    const most = Math.min(before.length, key.length);
    while (shared < most && before.charCodeAt(shared) === key.charCodeAt(shared)) shared++;
    this.#reserve(32 + key.length + value.length);
    this.#number(value.length * 4 + KINDS.indexOf(kind));
    this.#number(shared);
    this.#number(key.length - shared);
    for (let i = shared; i < key.length; i++) this.#out[this.#at++] = key.charCodeAt(i);
    this.#out.set(value, this.#at);
    this.#at += value.length;
    if (this.#child === undefined) this.#top = key;
    else this.#child = key;
    if (kind === "child") this.#child = "";
    this.rows++;
  }

  finish({top, child}: StateEdge): Uint8Array {
    const writable = (one: StateEdge["top"]) =>
      one.map(({end, children}) => ({
        end,
        children: children.map(([n, reference]): [number, Uint8Array] => [n, reference]),
      }));
    const tail = encode(stateEdge, {top: writable(top), child: child && writable(child)});
    this.#reserve(tail.length + 4);
    this.#out.set(tail, this.#at);
    this.#at += tail.length;
    new DataView(this.#out.buffer).setUint32(this.#at, tail.length, true);
    this.#at += 4;
    return this.#out.slice(0, this.#at);
  }

  #number(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#out[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#out[this.#at++] = rest;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#out.length) return;
    const grown = new Uint8Array(Math.max(this.#out.length * GROWTH, this.#at + more));
    grown.set(this.#out);
    this.#out = grown;
  }
}

/** What a chunk holds, as far as its bytes say; nothing is known of it before it is held against the root. */
export interface Chunk {
  readonly rows: readonly StateRow[];
  readonly edge: StateEdge;
}

/** Reads a chunk whose bytes may come from anyone. `isInChild`: as with `ChunkWriter`. */
export function readChunk(chunk: Uint8Array, isInChild: boolean): Result<Chunk, string> {
  if (chunk.length < 4) return err("it is too short");
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const end = chunk.length - 4 - view.getUint32(chunk.length - 4, true);
  if (end < 0) return err("it is too short");
  const tail = decode(stateEdge, chunk.subarray(end, chunk.length - 4));
  if (!tail.ok) return err(`what comes after its rows does not decode: ${tail.error.message}`);
  const rows = new RowReader(chunk.subarray(0, end), isInChild).read();
  return rows === undefined ? err("its rows do not decode") : ok({rows, edge: tail.value});
}

class RowReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #isCut = false;
  #top: BinaryString = "";
  #child: BinaryString | undefined;

  constructor(bytes: Uint8Array, isInChild: boolean) {
    this.#bytes = bytes;
    if (isInChild) this.#child = "";
  }

  /** Undefined where they are none. */
  read(): StateRow[] | undefined {
    const rows: StateRow[] = [];
    while (this.#at < this.#bytes.length && !this.#isCut) {
      const head = this.#number();
      const kind = KINDS[head % 4];
      if (kind === undefined) {
        rows.push({kind: "end"});
        this.#child = undefined;
        continue;
      }
      const before = this.#child ?? this.#top;
      const shared = this.#number();
      const rest = this.#take(this.#number());
      const value = this.#take(Math.floor(head / 4));
      if (shared > before.length) return undefined;
      const key = before.slice(0, shared) + bytesToBinary(rest);
      if (this.#child === undefined) this.#top = key;
      else this.#child = key;
      if (kind === "child") this.#child = "";
      rows.push({kind, key, value});
    }
    return this.#isCut ? undefined : rows;
  }

  #number(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 42; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    this.#isCut = true;
    return 0;
  }

  #take(length: number): Uint8Array {
    const from = this.#at;
    if (length > this.#bytes.length - from) this.#isCut = true;
    else this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }
}
