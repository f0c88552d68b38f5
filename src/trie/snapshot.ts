import {EMPTY_BYTES} from "#base";
import {type FreshNodes, freshValue, type NextPlace, recordOf} from "./collect.ts";
import {passingChildOf} from "./load.ts";
import {type Branch, HashedValue, placeIndex, type TrieNode} from "./node.ts";
import {NO_PLACE, PLACE_SIZE, type Place, writePlace} from "./places.ts";
import {SHORTEST_HASHED, sealedBytes} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** Gathers a sealed node and everything below it under new places, marking nothing; gives the node's place. */
export function snapshotNode(
  context: TrieContext,
  node: TrieNode,
  nextPlace: NextPlace,
  out: FreshNodes,
): Place {
  const places =
    node.kind === "branch" ? snapshotChildren(context, node, nextPlace, out) : EMPTY_BYTES;
  if (node.value instanceof HashedValue) out.values.push(freshValue(context, node, node.value));
  const encoding = sealedBytes(context, node);
  if (node.start !== 0 && encoding.length < SHORTEST_HASHED) return NO_PLACE;
  const place = nextPlace();
  out.nodes.push({place, record: recordOf(context, places, encoding)});
  return place;
}

function snapshotChildren(
  context: TrieContext,
  branch: Branch,
  nextPlace: NextPlace,
  out: FreshNodes,
): Uint8Array {
  const places = new Uint8Array(placeIndex(branch, 16) * PLACE_SIZE);
  for (let n = 0; n < 16; n++) {
    if ((branch.map & (1 << n)) === 0) continue;
    const place = snapshotNode(context, passingChildOf(context, branch, n), nextPlace, out);
    if (place !== NO_PLACE) writePlace(places, placeIndex(branch, n), place);
  }
  return places;
}
