import type {FreshNodes, Placing} from "./collect.ts";
import {passingChildOf, valueBytes} from "./load.ts";
import {type Branch, ChildRoot, HashedValue, placeIndex, type TrieNode} from "./node.ts";
import {pathOf} from "./outline.ts";
import {encodingStart, NO_PLACE, type Place, writePlace} from "./places.ts";
import {SHORTEST_HASHED, sealedEncoding, valuePlaces} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** Gathers a sealed node and everything below it under new places, marking nothing; gives the node's place. */
export function snapshotNode(
  context: TrieContext,
  node: TrieNode,
  placing: Placing,
  out: FreshNodes,
): Place {
  const encoding = sealedEncoding(context, node);
  const children = node.kind === "branch" ? placeIndex(node, 16) : 0;
  const count = children + valuePlaces(node.value);
  const record = new Uint8Array(encodingStart(count) + encoding.length);
  record[0] = count;
  record.set(encoding, encodingStart(count));
  if (node.kind === "branch") snapshotChildren(context, node, record, placing, out);
  const valuePlace = snapshotValue(context, node, placing, out);
  if (valuePlace !== NO_PLACE) writePlace(record, children, valuePlace);
  if (node.start !== 0 && encoding.length < SHORTEST_HASHED) return NO_PLACE;
  const place = placing.next();
  out.nodes.push({place, record});
  return place;
}

function snapshotValue(
  context: TrieContext,
  node: TrieNode,
  placing: Placing,
  out: FreshNodes,
): Place {
  const {value} = node;
  if (value instanceof ChildRoot) return placing.child(pathOf(node));
  if (!(value instanceof HashedValue)) return NO_PLACE;
  const place = placing.next();
  out.values.push({place, bytes: valueBytes(context, pathOf(node), value)});
  return place;
}

function snapshotChildren(
  context: TrieContext,
  branch: Branch,
  record: Uint8Array,
  placing: Placing,
  out: FreshNodes,
): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.map & (1 << n)) === 0) continue;
    const place = snapshotNode(context, passingChildOf(context, branch, n), placing, out);
    if (place !== NO_PLACE) writePlace(record, placeIndex(branch, n), place);
  }
}
