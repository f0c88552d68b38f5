import {type BinaryString, bytesToBinary, equalBytes, type Result} from "#base";
import {decodeNode, type NodeFailure} from "./decode-node.ts";
import {pathWithNibble} from "./nibbles.ts";
import {
  type Branch,
  ChildRoot,
  HASH_HEAD,
  HashedValue,
  type NodeValue,
  placeIndex,
  referenceAt,
  referenceSize,
  type TrieNode,
} from "./node.ts";
import {encodingStart, NO_PLACE, type Place, readPlace} from "./places.ts";
import type {ProofRecorder} from "./proof-recorder.ts";
import {sealedEncoding} from "./seal.ts";
import {type NodeSource, type TrieContext, TrieFault} from "./source.ts";

/** A child that is there (its bit in `map` is set), read now if need be and kept in memory. */
export function childOf(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  let child = branch.loaded?.[nibble];
  if (child === undefined) {
    child = readChild(context, branch, nibble);
    branch.loaded ??= new Array(16).fill(undefined);
    branch.loaded[nibble] = child;
    context.resident++;
  }
  if (context.recorder !== undefined) record(context, context.recorder, branch, nibble, child);
  return child;
}

/** As `childOf`, but a child read now is not kept: for walks over more than fits into memory. */
export function passingChildOf(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  const child = branch.loaded?.[nibble] ?? readChild(context, branch, nibble);
  if (context.recorder !== undefined) record(context, context.recorder, branch, nibble, child);
  return child;
}

/** Of a child that goes by its hash; one that stands inside its parent came with it, and one just made is no part of a proof. */
function record(
  context: TrieContext,
  recorder: ProofRecorder,
  branch: Branch,
  nibble: number,
  child: TrieNode,
): void {
  if ((branch.clean & (1 << nibble)) === 0) return;
  const at = referenceAt(branch, nibble);
  if (branch.record[at] !== HASH_HEAD) return;
  const hash = bytesToBinary(branch.record.subarray(at + 1, at + 33));
  if (!recorder.has(hash)) recorder.note(hash, sealedEncoding(context, child));
}

function readChild(context: TrieContext, branch: Branch, nibble: number): TrieNode {
  const {record, end} = branch;
  const at = referenceAt(branch, nibble);
  const path = pathWithNibble(branch.path, end, nibble);
  if (record[at] === HASH_HEAD) {
    const place = readPlace(record, branch.encodingAt, placeIndex(branch, nibble));
    return loadNode(context, place, record.subarray(at + 1, at + 33), path, end + 1);
  }
  const inline = record.subarray(at + 1, at + referenceSize(record, at));
  return nodeOrFault(decodeNode(inline, 0, path, end + 1), path, inline);
}

/** The node at the first `nibbles` nibbles of a path. */
export function loadNode(
  context: TrieContext,
  place: Place,
  hash: Uint8Array,
  path: BinaryString,
  nibbles: number,
): TrieNode {
  const record = recordOf(context.source, place, hash, path);
  if (record === undefined) throw new TrieFault("node-missing", path, hash);
  const node = nodeOfRecord(record, path, nibbles, hash);
  node.place = place;
  return node;
}

/** The record of a node, compared with its hash where its source wants that; undefined where it is missing. */
export function recordOf(
  source: NodeSource,
  place: Place,
  hash: Uint8Array,
  path: BinaryString,
): Uint8Array | undefined {
  const record = source.node(place, hash);
  if (record === undefined || source.verify === undefined) return record;
  const encoding = record.subarray(encodingStart(record[0] ?? 0));
  if (equalBytes(source.verify(encoding), hash)) return record;
  throw new TrieFault("node-damaged", path, hash, `stored at ${place}`);
}

/** As `recordOf`, of a value outside its node. */
export function hashedValueOf(
  source: NodeSource,
  {hash, place}: Pick<HashedValue, "hash" | "place">,
  key: BinaryString,
): Uint8Array | undefined {
  const value = source.value(key, hash, place);
  if (value === undefined || source.verify === undefined) return value;
  if (equalBytes(source.verify(value), hash)) return value;
  throw new TrieFault("value-damaged", key, hash, `stored at ${place}`);
}

/** The node that a record is of. */
export function nodeOfRecord(
  record: Uint8Array,
  path: BinaryString,
  nibbles: number,
  hash: Uint8Array,
): TrieNode {
  const encodingAt = encodingStart(record[0] ?? 0);
  const node = nodeOrFault(decodeNode(record, encodingAt, path, nibbles), path, hash);
  placeValue(node, record, encodingAt);
  return node;
}

/** Notes where a node's value is stored, if its record says so. */
function placeValue(node: TrieNode, record: Uint8Array, encodingAt: number): void {
  const {value} = node;
  if (value === undefined) return;
  const index = node.kind === "leaf" ? 0 : placeIndex(node, 16);
  const place = readPlace(record, encodingAt, index);
  if (place === NO_PLACE) return;
  if (value instanceof HashedValue) value.place = place;
  else node.value = new ChildRoot(value instanceof ChildRoot ? value.root : value, place);
}

function nodeOrFault(
  decoded: Result<TrieNode, NodeFailure>,
  path: BinaryString,
  reference: Uint8Array,
): TrieNode {
  if (decoded.ok) return decoded.value;
  throw new TrieFault("node-malformed", path, reference, decoded.error);
}

export function valueBytes(context: TrieContext, key: BinaryString, value: NodeValue): Uint8Array {
  if (value instanceof ChildRoot) return value.root;
  if (!(value instanceof HashedValue)) return value;
  value.bytes ??= hashedValueOf(context.source, value, key);
  if (value.bytes === undefined) throw new TrieFault("value-missing", key, value.hash);
  context.recorder?.note(bytesToBinary(value.hash), value.bytes);
  return value.bytes;
}
