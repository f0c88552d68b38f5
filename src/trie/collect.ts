import type {BinaryString} from "#base";
import {valueBytes} from "./load.ts";
import {type Branch, HashedValue, placeIndex, type TrieNode} from "./node.ts";
import {encodingStart, type Place, writePlace} from "./places.ts";
import {leafRecord, SHORTEST_HASHED} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** A node to be stored: what `NodeSource.node` has to give for this place. */
export type FreshNode = {place: Place; record: Uint8Array};
/** A value to be stored beside its node, which has only its hash. */
export type FreshValue = {key: BinaryString; hash: Uint8Array; bytes: Uint8Array};
export type FreshNodes = {
  /** In the order of their places. */
  nodes: FreshNode[];
  values: FreshValue[];
  /** Where the root is stored. */
  root: Place;
};

/** A place never given before, and higher than any. */
export type NextPlace = () => Place;

/** Gathers what the source does not have yet of a sealed node and below it, and marks it as stored. */
export function collectNode(
  context: TrieContext,
  node: TrieNode,
  nextPlace: NextPlace,
  out: FreshNodes,
): void {
  if (node.stored) return;
  if (node.kind === "branch") collectChildren(context, node, nextPlace, out);
  const {value} = node;
  if (value instanceof HashedValue && !value.stored) {
    out.values.push(freshValue(context, node, value));
    value.stored = true;
  }
  const record = node.kind === "branch" ? node.record : leafRecord(context, node);
  const encodingAt = node.kind === "branch" ? node.encodingAt : encodingStart(0);
  if (node.start === 0 || record.length - encodingAt >= SHORTEST_HASHED) {
    node.place = nextPlace();
    out.nodes.push({place: node.place, record});
  }
  node.stored = true;
}

/** Children come before their parent, whose record has their places. */
function collectChildren(
  context: TrieContext,
  branch: Branch,
  nextPlace: NextPlace,
  out: FreshNodes,
): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.fresh & (1 << n)) === 0) continue;
    const child = branch.loaded![n]!;
    collectNode(context, child, nextPlace, out);
    if (child.place > 0) writePlace(branch.record, placeIndex(branch, n), child.place);
  }
  branch.fresh = 0;
}

export function freshValue(context: TrieContext, node: TrieNode, value: HashedValue): FreshValue {
  const key = node.kind === "leaf" ? node.key : node.path;
  return {key, hash: value.hash, bytes: valueBytes(context, key, value)};
}
