import type {BinaryString} from "#base";
import {valueBytes} from "./load.ts";
import {
  type Branch,
  ChildRoot,
  HashedValue,
  hasValuePlace,
  placeIndex,
  type TrieNode,
} from "./node.ts";
import {pathOf} from "./outline.ts";
import {encodingStart, NO_PLACE, type Place, writePlace} from "./places.ts";
import {leafRecord, SHORTEST_HASHED, valuePlaces} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** A node to be stored: what `NodeSource.node` has to give for this place. */
export type FreshNode = {place: Place; record: Uint8Array};
/** A value to be stored beside its node, which has only its hash: what `NodeSource.value` has to give for this place. */
export type FreshValue = {place: Place; bytes: Uint8Array};
export type FreshNodes = {
  /** In the order of their places. */
  nodes: FreshNode[];
  values: FreshValue[];
  /** Where the root is stored. */
  root: Place;
};

/** A place never given before, and higher than any. */
export type NextPlace = () => Place;

/** What is asked of whoever stores a trie. */
export interface Placing {
  readonly next: NextPlace;
  /** Where the top node of the child trie is whose root stands at a key: stored before the trie that it stands in. */
  readonly child: (key: BinaryString) => Place;
}

/** Gathers what the source does not have yet of a sealed node and below it, and marks it as stored. */
export function collectNode(
  context: TrieContext,
  node: TrieNode,
  placing: Placing,
  out: FreshNodes,
): void {
  if (node.stored) return;
  if (node.kind === "branch") collectChildren(context, node, placing, out);
  collectValue(context, node, placing, out);
  const record = node.kind === "branch" ? node.record : leafRecord(context, node);
  const encodingAt =
    node.kind === "branch" ? node.encodingAt : encodingStart(valuePlaces(node.value));
  if (node.start === 0 || record.length - encodingAt >= SHORTEST_HASHED) {
    node.place = placing.next();
    out.nodes.push({place: node.place, record});
  }
  node.stored = true;
}

/** Children come before their parent, whose record has their places. */
function collectChildren(
  context: TrieContext,
  branch: Branch,
  placing: Placing,
  out: FreshNodes,
): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.fresh & (1 << n)) === 0) continue;
    const child = branch.loaded![n]!;
    collectNode(context, child, placing, out);
    if (child.place > 0) writePlace(branch.record, placeIndex(branch, n), child.place);
  }
  branch.fresh = 0;
}

function collectValue(
  context: TrieContext,
  node: TrieNode,
  placing: Placing,
  out: FreshNodes,
): void {
  const {value} = node;
  if (value instanceof HashedValue && !value.stored) {
    value.place = placing.next();
    value.stored = true;
    out.values.push({place: value.place, bytes: valueBytes(context, pathOf(node), value)});
  } else if (value instanceof ChildRoot && value.place === NO_PLACE) {
    value.place = placing.child(pathOf(node));
  }
  // One that is stored by key and hash has no place, in an old record or in a new one.
  if (node.kind === "branch" && hasValuePlace(value)) {
    writePlace(node.record, placeIndex(node, 16), value.place);
  }
}
