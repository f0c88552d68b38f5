import type {BinaryString} from "#base";
import {nodeOfRecord, recordOf} from "./load.ts";
import {firstDifference, pathWithNibble} from "./nibbles.ts";
import {ChildRoot, HASH_HEAD, hasValuePlace, referenceSize, type TrieNode} from "./node.ts";
import {pathOf} from "./outline.ts";
import {NO_PLACE, type Place, readPlace} from "./places.ts";
import {type NodeSource, TrieFault} from "./source.ts";

/** A part of a state that has a place of its own. */
export interface Held {
  readonly place: Place;
  readonly kind: "node" | "value";
  /** Of the record or the value, in bytes. */
  readonly size: number;
}

/** Keys of the top trie that begin so: nodes on the way to them, and below, are left out of a walk. */
export type SparedPrefixes = readonly BinaryString[];

/** Of a stored trie. */
export interface TopNode {
  readonly place: Place;
  readonly root: Uint8Array;
}

/** What a node refers to. */
export interface Link {
  readonly place: Place;
  readonly kind: "node" | "value";
  readonly hash: Uint8Array;
  readonly path: BinaryString;
  readonly nibbles: number;
  /** Of a part of a child trie, the key at which its root stands. */
  readonly childKey: BinaryString | undefined;
}

interface Visit {
  readonly link: Link;
  readonly size: number;
  readonly isSpared: boolean;
  readonly below: Link[];
}

export const TOP = {kind: "node", path: "", nibbles: 0, childKey: undefined} as const;

/**
 * What a state took over from the one before it: the highest of those places that are not above `since`, where all that the one
 * before has are not and all that were added later are. Costs what was added. A node that is missing is a `TrieFault`: to
 * pass over it would be to call what stands below it nobody's.
 */
export function inheritedPlaces(source: NodeSource, top: TopNode, since: Place): Set<Place> {
  const inherited = new Set<Place>();
  const open: Link[] = [{...TOP, place: top.place, hash: top.root}];
  for (let link = open.pop(); link !== undefined; link = open.pop()) {
    if (link.place <= since) {
      inherited.add(link.place);
      continue;
    }
    if (link.kind === "value") continue;
    const record = recordOf(source, link.place, link.hash, link.path);
    if (record === undefined) throw new TrieFault("node-missing", link.path, link.hash);
    open.push(...linksOf(nodeOfRecord(record, link.path, link.nibbles, link.hash), link.childKey));
  }
  return inherited;
}

/**
 * The places that a state has, without those that `isOthers` says are another's as well, with all below these. What stands
 * below a node comes before it; so where a node is missing all below it is as well, and a walk that was broken off is begun anew.
 */
export function* heldPlaces(
  source: NodeSource,
  top: TopNode,
  isOthers: (place: Place) => boolean,
  spared: SparedPrefixes = [],
): Generator<Held> {
  const first = visitOf(source, {...TOP, place: top.place, hash: top.root}, isOthers, spared);
  const open: Visit[] = first === undefined ? [] : [first];
  while (open.length > 0) {
    const visit = open.at(-1)!;
    const link = visit.below.pop();
    if (link === undefined) {
      open.pop();
      const {size, isSpared} = visit;
      if (!isSpared) yield {place: visit.link.place, kind: "node", size};
    } else if (link.kind === "node") {
      const below = visitOf(source, link, isOthers, spared);
      if (below !== undefined) open.push(below);
    } else if (!isOthers(link.place) && !visit.isSpared) {
      const bytes = source.value(link.path, link.hash, link.place);
      const size = bytes?.length ?? 0;
      yield {place: link.place, kind: "value", size};
    }
  }
}

function visitOf(
  source: NodeSource,
  link: Link,
  isOthers: (place: Place) => boolean,
  spared: SparedPrefixes,
): Visit | undefined {
  if (isOthers(link.place)) return undefined;
  const record = recordOf(source, link.place, link.hash, link.path);
  if (record === undefined) return undefined;
  const node = nodeOfRecord(record, link.path, link.nibbles, link.hash);
  const {childKey} = link;
  const isSpared = childKey === undefined && spared.some(prefix => isOnWay(node, prefix));
  return {link, size: record.length, isSpared, below: linksOf(node, childKey)};
}

/** Whether who looks for keys with this prefix comes upon a node, even if only to see that there are none. */
function isOnWay(node: TrieNode, prefix: BinaryString): boolean {
  const shared = Math.min(node.start, prefix.length * 2);
  return firstDifference(pathOf(node), prefix, 0, shared) === shared;
}

/** What a node refers to by places. What is stored by key and hash has none, and is left where it is. */
export function linksOf(node: TrieNode, childKey: BinaryString | undefined): Link[] {
  const links: Link[] = [];
  const {value} = node;
  if (hasValuePlace(value) && value.place !== NO_PLACE) {
    const isRoot = value instanceof ChildRoot;
    links.push(
      isRoot
        ? {...TOP, place: value.place, hash: value.root, childKey: pathOf(node)}
        : {
            place: value.place,
            hash: value.hash,
            kind: "value",
            path: pathOf(node),
            nibbles: 0,
            childKey,
          },
    );
  }
  if (node.kind === "leaf") return links;
  const {record, end} = node;
  let at = node.childrenAt;
  let index = 0;
  for (let n = 0; n < 16; n++) {
    if ((node.map & (1 << n)) === 0) continue;
    if (record[at] === HASH_HEAD) {
      const place = readPlace(record, node.encodingAt, index++);
      const path = pathWithNibble(node.path, end, n);
      const hash = record.subarray(at + 1, at + 33);
      links.push({place, hash, kind: "node", path, nibbles: end + 1, childKey});
    }
    at += referenceSize(record, at);
  }
  return links;
}
