import type {BinaryString} from "#base";
import {equalBytes} from "#base";
import type {HashFunction} from "./hash-function.ts";
import {type Link, linksOf, TOP, type TopNode} from "./held-places.ts";
import {nodeOfRecord} from "./load.ts";
import {firstDifference} from "./nibbles.ts";
import {encodingStart, type Place} from "./places.ts";
import type {NodeSource} from "./source.ts";

/** A node or a value of a stored state, and how it was found. */
export interface StoredPart {
  readonly kind: "node" | "value";
  readonly place: Place;
  readonly hash: Uint8Array;
  readonly found: "whole" | "damaged" | "missing";
  /** Of a node, the nibbles on the way to it, of which there are `nibbles`; of a value its key. */
  readonly path: BinaryString;
  readonly nibbles: number;
  /** Of a part of a child trie, the key at which its root stands. */
  readonly childKey: BinaryString | undefined;
  /** The node that refers to it; 0 for the top node. */
  readonly parent: Place;
}

/**
 * Every part of a state that has a place, compared with its hash; not what `isPassed` says is to be passed over, nor what stands
 * below it. What stands below a part that is not whole is not come upon.
 */
export function* storedParts(
  source: Pick<NodeSource, "node" | "value">,
  hash: HashFunction,
  top: TopNode,
  isPassed: (link: Link) => boolean,
): Generator<StoredPart> {
  const open: (Link & {readonly parent: Place})[] = [
    {...TOP, place: top.place, hash: top.root, parent: 0},
  ];
  for (let link = open.pop(); link !== undefined; link = open.pop()) {
    if (isPassed(link)) continue;
    const stored =
      link.kind === "node"
        ? source.node(link.place, link.hash)
        : source.value(link.path, link.hash, link.place);
    const found =
      stored === undefined ? "missing" : isWhole(stored, link, hash) ? "whole" : "damaged";
    yield {...link, found};
    if (found !== "whole" || link.kind === "value") continue;
    const node = nodeOfRecord(stored!, link.path, link.nibbles, link.hash);
    const parent = link.place;
    open.push(...linksOf(node, link.childKey).map(below => ({...below, parent})));
  }
}

/**
 * Whether a part stands on the way to a key, or is its value; `childKey`: of the child trie whose root stands there, so that what is on
 * the way to that counts as well. A path of an odd number of nibbles is a key here too.
 */
export function isOnWayTo(link: Link, key: BinaryString, childKey?: BinaryString): boolean {
  if (link.childKey !== undefined && link.childKey !== childKey) return false;
  const {kind, path, nibbles} = link;
  const wanted = link.childKey === undefined ? (childKey ?? key) : key;
  if (kind === "value") return path === wanted;
  return nibbles <= 2 * wanted.length && firstDifference(path, wanted, 0, nibbles) === nibbles;
}

function isWhole(stored: Uint8Array, {kind, hash: wanted}: Link, hash: HashFunction): boolean {
  const bytes = kind === "node" ? encodingOf(stored) : stored;
  return equalBytes(hash(bytes), wanted);
}

/** The encoding of a node, without the places that its record has before it. */
export const encodingOf = (record: Uint8Array): Uint8Array =>
  record.subarray(encodingStart(record[0] ?? 0));
