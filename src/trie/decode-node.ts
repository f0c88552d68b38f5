import {type BinaryString, bytesToBinary, err, ok, type Result} from "#base";
import {
  BRANCH,
  BRANCH_WITH_VALUE,
  formOf,
  LEAF,
  LEAF_WITH_HASH,
  type NodeForm,
} from "./encode-node.ts";
import {nibbleAt} from "./nibbles.ts";
import {Branch, HashedValue, Leaf, type NodeValue, setRecord, type TrieNode} from "./node.ts";

export type NodeFailure =
  | "unknown-header"
  | "truncated"
  | "trailing-bytes"
  | "padding-not-zero"
  | "value-at-half-byte"
  | "length-not-canonical"
  | "no-children"
  | "reference-too-long";

const HASH_LENGTH = 32;

/**
 * Reads the node whose encoding is `bytes` from `start` on, and which stands at the first `nibbles` nibbles of
 * `prefix`. The bytes may come from anyone: whatever
 * they are, the answer is a node or a failure. References of children are checked but not taken apart.
 */
export function decodeNode(
  bytes: Uint8Array,
  start: number,
  prefix: BinaryString,
  nibbles: number,
): Result<TrieNode, NodeFailure> {
  const form = formOf(bytes[start]);
  if (form === undefined) return err(start >= bytes.length ? "truncated" : "unknown-header");
  const reader = new Reader(bytes, start);
  const length = reader.partialLength(form);
  const partialAt = reader.at;
  const path = reader.path(prefix, nibbles, length);
  const end = nibbles + length;
  const isLeaf = form === LEAF || form === LEAF_WITH_HASH;
  const map = isLeaf ? 0 : reader.u16();
  const value = readValue(reader, form);
  const childrenAt = reader.at;
  for (let rest = map; rest !== 0; rest &= rest - 1) reader.skipReference();
  if (reader.failure !== undefined) return err(reader.failure);
  if (reader.at !== bytes.length) return err("trailing-bytes");
  if (length & 1 && bytes[partialAt]! > 15) return err("padding-not-zero");
  if (value !== undefined && end & 1) return err("value-at-half-byte");
  if (isLeaf) return ok(new Leaf(path, nibbles, value!, true));
  if (map === 0) return err("no-children");
  const branch = new Branch(path, nibbles, end, value, map, undefined);
  setRecord(branch, bytes, start, childrenAt);
  branch.stored = true;
  return ok(branch);
}

function readValue(reader: Reader, form: NodeForm): NodeValue | undefined {
  if (form === BRANCH) return undefined;
  if (form === LEAF || form === BRANCH_WITH_VALUE) return reader.take(reader.compact());
  return new HashedValue(reader.take(HASH_LENGTH), undefined, true);
}

/** Reads on after a failure as if all were empty; the first failure stays. */
class Reader {
  readonly bytes: Uint8Array;
  at: number;
  failure: NodeFailure | undefined;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  fail(failure: NodeFailure): void {
    this.failure ??= failure;
    this.at = this.bytes.length;
  }

  byte(): number {
    if (this.at < this.bytes.length) return this.bytes[this.at++]!;
    this.fail("truncated");
    return 0;
  }

  u16(): number {
    const low = this.byte();
    return low | (this.byte() << 8);
  }

  take(length: number): Uint8Array {
    const from = this.at;
    if (length > this.bytes.length - from) {
      this.fail("truncated");
      return this.bytes.subarray(0, 0);
    }
    this.at += length;
    return this.bytes.subarray(from, from + length);
  }

  partialLength(form: NodeForm): number {
    const max = (1 << form.bits) - 1;
    let length = this.byte() & max;
    if (length < max) return length;
    let more: number;
    do {
      more = this.byte();
      length += more;
    } while (more === 0xff);
    return length;
  }

  path(prefix: BinaryString, nibbles: number, length: number): BinaryString {
    if (length === 0) return prefix;
    const from = this.at;
    const size = (length + 1) >> 1;
    if (size > this.bytes.length - from) {
      this.fail("truncated");
      return prefix;
    }
    this.at += size;
    const shifted = ((nibbles ^ length) & 1) === 1;
    return shifted
      ? shiftedPath(prefix, nibbles, this.bytes, from, length)
      : alignedPath(prefix, nibbles, this.bytes, from, size);
  }

  compact(): number {
    const first = this.byte();
    const mode = first & 3;
    if (mode === 0) return first >> 2;
    if (mode === 1) return this.#canonical((first >> 2) | (this.byte() << 6), 1 << 6);
    if (mode === 2) {
      const low = (first >> 2) | (this.byte() << 6) | (this.byte() << 14);
      return this.#canonical(low + this.byte() * (1 << 22), 1 << 14);
    }
    this.fail("length-not-canonical");
    return 0;
  }

  #canonical(value: number, least: number): number {
    if (value < least) this.fail("length-not-canonical");
    return value;
  }

  skipReference(): void {
    const head = this.byte();
    if (head & 3 || head >> 2 > HASH_LENGTH) this.fail("reference-too-long");
    const length = head >> 2;
    if (length > this.bytes.length - this.at) this.fail("truncated");
    else this.at += length;
  }
}

/** The path where the partial's bytes fall onto the path's bytes. */
function alignedPath(
  prefix: BinaryString,
  nibbles: number,
  bytes: Uint8Array,
  from: number,
  size: number,
): BinaryString {
  if ((nibbles & 1) === 0) return prefix + bytesToBinary(bytes.subarray(from, from + size));
  const joint = prefix.charCodeAt(nibbles >> 1) | (bytes[from]! & 15);
  const rest = size === 1 ? "" : bytesToBinary(bytes.subarray(from + 1, from + size));
  return prefix.slice(0, nibbles >> 1) + String.fromCharCode(joint) + rest;
}

/** The path where the partial's nibbles fall between the path's bytes: only above children, and mostly short. */
function shiftedPath(
  prefix: BinaryString,
  nibbles: number,
  bytes: Uint8Array,
  from: number,
  length: number,
): BinaryString {
  const skip = length & 1;
  const end = nibbles + length;
  let path = prefix.slice(0, nibbles >> 1);
  let high = nibbles & 1 ? nibbleAt(prefix, nibbles - 1) : -1;
  for (let i = 0; i < length; i++) {
    const place = i + skip;
    const byte = bytes[from + (place >> 1)]!;
    const nibble = place & 1 ? byte & 15 : byte >> 4;
    if (high < 0) high = nibble;
    else {
      path += String.fromCharCode((high << 4) | nibble);
      high = -1;
    }
  }
  return end & 1 ? path + String.fromCharCode(high << 4) : path;
}
