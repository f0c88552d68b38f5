import {type BinaryString, EMPTY_BYTES} from "#base";
import {NO_PLACE, type Place} from "./places.ts";

/** A value kept outside its node, which carries its hash only (state version 1). */
export class HashedValue {
  readonly hash: Uint8Array;
  /** Undefined until read from the source. */
  bytes: Uint8Array | undefined;
  /** Whether the source has it. */
  stored: boolean;
  /** Where; none in a source that goes by keys and hashes. */
  place: Place = NO_PLACE;

  constructor(hash: Uint8Array, bytes: Uint8Array | undefined, stored: boolean) {
    this.hash = hash;
    this.bytes = bytes;
    this.stored = stored;
  }
}

/** The root of a child trie, which stands in its node as any value, and where the top node of that trie is stored. */
export class ChildRoot {
  readonly root: Uint8Array;
  place: Place;

  constructor(root: Uint8Array, place: Place = NO_PLACE) {
    this.root = root;
    this.place = place;
  }
}

export type NodeValue = Uint8Array | HashedValue | ChildRoot;

/** The value as it stands in its node, or its hash. */
export const withoutPlace = (value: NodeValue | undefined): Uint8Array | HashedValue | undefined =>
  value instanceof ChildRoot ? value.root : value;

/** Whether a node with this value keeps a place for it, after those of its children. */
export const hasValuePlace = (value: NodeValue | undefined): value is HashedValue | ChildRoot =>
  value instanceof HashedValue || value instanceof ChildRoot;

/** A key with no key below it. Its partial key is the key's nibbles from `start` on. */
export class Leaf {
  readonly kind = "leaf";
  readonly key: BinaryString;
  readonly start: number;
  /** Set anew only by who reads the node, to say where the value is stored. */
  value: NodeValue;
  /** Whether the source has it; see `collect`. */
  stored: boolean;
  place: Place = NO_PLACE;

  constructor(key: BinaryString, start: number, value: NodeValue, stored = false) {
    this.key = key;
    this.start = start;
    this.value = value;
    this.stored = stored;
  }
}

/**
 * A fork in the paths. Its own path is `end` nibbles long, of which `start..end` are its partial key.
 *
 * A child is in `loaded` when it is an object in memory, and "clean" when its reference (hash, or encoding if
 * shorter) stands in `record`; it is one or both. So a branch as read from disk is its bytes and no more, a child
 * can be dropped again where it is clean, and changing one child copies the other fifteen references as they are.
 */
export class Branch {
  readonly kind = "branch";
  readonly path: BinaryString;
  readonly start: number;
  readonly end: number;
  /** As a leaf's. */
  value: NodeValue | undefined;
  /** Bit n: there is a child n. */
  readonly map: number;
  /** Undefined while no child is in memory. */
  loaded: (TrieNode | undefined)[] | undefined;
  /** A record (see `places.ts`) of this or of an earlier branch here, which the clean children are read from. */
  record: Uint8Array = EMPTY_BYTES;
  /** Where in it the encoding begins. */
  encodingAt = 0;
  /** Where in it the references of children begin. */
  childrenAt = 0;
  /** Bit n: it has a reference of child n. */
  childrenMap = 0;
  /** Bit n: and that is the one which counts. */
  clean = 0;
  /** Bit n: child n is in memory, and its place not yet in the record. */
  fresh = 0;
  /** Whether the record is of this very branch. */
  sealed = false;
  /** Whether the source has it, and so everything below it. */
  stored = false;
  place: Place = NO_PLACE;

  constructor(
    path: BinaryString,
    start: number,
    end: number,
    value: NodeValue | undefined,
    map: number,
    loaded: (TrieNode | undefined)[] | undefined,
  ) {
    this.path = path;
    this.start = start;
    this.end = end;
    this.value = value;
    this.map = map;
    this.loaded = loaded;
  }
}

export type TrieNode = Leaf | Branch;

/** A branch of which nothing is known but its children in memory. */
export function freshBranch(
  path: BinaryString,
  start: number,
  end: number,
  value: NodeValue | undefined,
  children: (TrieNode | undefined)[],
): Branch {
  let map = 0;
  for (let n = 0; n < 16; n++) if (children[n] !== undefined) map |= 1 << n;
  const branch = new Branch(path, start, end, value, map, children);
  branch.fresh = map;
  return branch;
}

/** Takes over a record of this very branch. */
export function setRecord(
  branch: Branch,
  record: Uint8Array,
  encodingAt: number,
  childrenAt: number,
): void {
  branch.record = record;
  branch.encodingAt = encodingAt;
  branch.childrenAt = childrenAt;
  branch.childrenMap = branch.map;
  branch.clean = branch.map;
  branch.sealed = true;
}

type BranchChange = Pick<Branch, "start" | "value" | "map" | "loaded"> & {
  /** Bit n: `loaded[n]` is another child than before, or none. */
  dirtied: number;
};

/** A new branch on the same path, which keeps the references of the children that are the same. */
export function changed(branch: Branch, change: BranchChange): Branch {
  const {start, value, map, loaded, dirtied} = change;
  const next = new Branch(branch.path, start, branch.end, value, map, loaded);
  next.record = branch.record;
  next.encodingAt = branch.encodingAt;
  next.childrenAt = branch.childrenAt;
  next.childrenMap = branch.childrenMap;
  next.clean = branch.clean & ~dirtied;
  next.fresh = (branch.fresh | dirtied) & map;
  return next;
}

/** The same node with its partial key beginning elsewhere on its path. */
export function moved(node: TrieNode, start: number): TrieNode {
  if (node.start === start) return node;
  if (node.kind === "leaf") return new Leaf(node.key, start, node.value);
  const {value, map} = node;
  return changed(node, {start, value, map, loaded: node.loaded?.slice(), dirtied: 0});
}

/** The length byte before a child that goes by its hash; one that stands inside its parent is shorter. */
export const HASH_HEAD = 32 << 2;

/** The length of one child's reference, its own length byte included. */
export function referenceSize(record: Uint8Array, at: number): number {
  return 1 + (record[at]! >> 2);
}

/** Where the reference of a clean child stands in the record. */
export function referenceAt(branch: Branch, nibble: number): number {
  const {record, childrenMap} = branch;
  let at = branch.childrenAt;
  for (let n = 0; n < nibble; n++) if (childrenMap & (1 << n)) at += referenceSize(record, at);
  return at;
}

/** How many of the children before `nibble` go by their hash: the index of a child's place in the record. */
export function placeIndex(branch: Branch, nibble: number): number {
  const {record, childrenMap} = branch;
  let at = branch.childrenAt;
  let index = 0;
  for (let n = 0; n < nibble; n++) {
    if ((childrenMap & (1 << n)) === 0) continue;
    if (record[at] === HASH_HEAD) index++;
    at += referenceSize(record, at);
  }
  return index;
}
