import type {BinaryString} from "#base";
import {decodeNode} from "./decode-node.ts";
import {pathWithNibble} from "./nibbles.ts";
import {type Branch, HashedValue, type NodeValue, referenceAt, type TrieNode} from "./node.ts";
import {type TrieContext, TrieFault} from "./source.ts";

const HASH_HEAD = 32 << 2;

/** A child that is there (its bit in `map` is set), read now if need be and kept in memory. */
export function childOf(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  const known = branch.loaded?.[nibble];
  if (known !== undefined) return known;
  const child = readChild(context, branch, nibble);
  branch.loaded ??= new Array(16).fill(undefined);
  branch.loaded[nibble] = child;
  context.resident++;
  return child;
}

/** As `childOf`, but a child read now is not kept: for walks over more than fits into memory. */
export function passingChildOf(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  return branch.loaded?.[nibble] ?? readChild(context, branch, nibble);
}

function readChild(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  const {raw, end} = branch;
  const at = referenceAt(branch, nibble);
  const path = pathWithNibble(branch.path, end, nibble);
  if (raw[at] === HASH_HEAD) {
    return loadNode(context, path, end + 1, raw.subarray(at + 1, at + 33));
  }
  const inline = raw.subarray(at + 1, at + 1 + (raw[at]! >> 2));
  return decodeOrThrow(inline, path, end + 1, inline);
}

export function loadNode(
  context: TrieContext,
  path: BinaryString,
  nibbles: number,
  hash: Uint8Array,
): TrieNode {
  const bytes = context.source.node(path, nibbles, hash);
  if (bytes === undefined) throw new TrieFault("node-missing", path, hash);
  return decodeOrThrow(bytes, path, nibbles, hash);
}

function decodeOrThrow(
  bytes: Uint8Array,
  path: BinaryString,
  nibbles: number,
  reference: Uint8Array,
): TrieNode {
  const node = decodeNode(bytes, path, nibbles);
  if (node.ok) return node.value;
  throw new TrieFault("node-malformed", path, reference, node.error);
}

export function valueBytes(context: TrieContext, key: BinaryString, value: NodeValue): Uint8Array {
  if (!(value instanceof HashedValue)) return value;
  value.bytes ??= context.source.value(key, value.hash);
  if (value.bytes === undefined) throw new TrieFault("value-missing", key, value.hash);
  return value.bytes;
}
