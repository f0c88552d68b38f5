import {type FreshNodes, freshValue, type NextPlace} from "./collect.ts";
import {passingChildOf} from "./load.ts";
import {type Branch, HashedValue, placeIndex, type TrieNode} from "./node.ts";
import {encodingStart, NO_PLACE, type Place, writePlace} from "./places.ts";
import {SHORTEST_HASHED, sealedEncoding} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** Gathers a sealed node and everything below it under new places, marking nothing; gives the node's place. */
export function snapshotNode(
  context: TrieContext,
  node: TrieNode,
  nextPlace: NextPlace,
  out: FreshNodes,
): Place {
  const encoding = sealedEncoding(context, node);
  const count = node.kind === "branch" ? placeIndex(node, 16) : 0;
  const record = new Uint8Array(encodingStart(count) + encoding.length);
  record[0] = count;
  record.set(encoding, encodingStart(count));
  if (node.kind === "branch") snapshotChildren(context, node, record, nextPlace, out);
  if (node.value instanceof HashedValue) out.values.push(freshValue(context, node, node.value));
  if (node.start !== 0 && encoding.length < SHORTEST_HASHED) return NO_PLACE;
  const place = nextPlace();
  out.nodes.push({place, record});
  return place;
}

function snapshotChildren(
  context: TrieContext,
  branch: Branch,
  record: Uint8Array,
  nextPlace: NextPlace,
  out: FreshNodes,
): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.map & (1 << n)) === 0) continue;
    const place = snapshotNode(context, passingChildOf(context, branch, n), nextPlace, out);
    if (place !== NO_PLACE) writePlace(record, placeIndex(branch, n), place);
  }
}
