import {type BinaryString, err, invariant, ok, type Result} from "#base";
import {Arena} from "./arena.ts";
import type {NextPlace} from "./collect.ts";
import {branchSize, countHashed, encodeBranch, encodeLeaf, leafSize} from "./encode-node.ts";
import type {HashFunction} from "./hash-function.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {Branch, ChildRoot, HashedValue, hasValuePlace, Leaf, type NodeValue} from "./node.ts";
import {encodingStart, NO_PLACE, type Place, writePlace} from "./places.ts";
import type {RightEdge} from "./right-edge.ts";
import {SHORTEST_HASHED, valuePlaces} from "./seal.ts";

/** The encoding of the trie that holds nothing. */
const EMPTY_NODE = Uint8Array.of(0);

/** How a value stands in the trie: in its node, outside of it by its hash, or as the root of a child trie. */
export type ValueForm = "inline" | "hashed" | "child";

/** Where finished nodes go: as `collect` hands them out, children before their parents. */
export interface NodeSink {
  readonly next: NextPlace;
  node(place: Place, record: Uint8Array): void;
  value(place: Place, bytes: Uint8Array): void;
}

/** A branch on the way to the last entry: its children to the left of that way are finished. */
export interface OpenBranch {
  /** Nibbles of its path. */
  readonly end: number;
  readonly value: NodeValue | undefined;
  /** By nibble: the hash of a child's encoding, or that itself where it is shorter. */
  readonly references: (Uint8Array | undefined)[];
  /** By nibble: where a child is stored. */
  readonly places: Place[];
}

/** All that a builder has to remember of the entries so far. */
export interface BuilderMemory {
  readonly open: readonly OpenBranch[];
  readonly last: {readonly key: BinaryString; readonly value: NodeValue} | undefined;
}

interface Sealed {
  readonly reference: Uint8Array;
  readonly place: Place;
}

/**
 * Makes a trie of its entries in the order of their keys, and hands out each node once it is finished: what it takes in memory is
 * one way from the top to a leaf, whatever the size of the trie.
 */
export class TrieBuilder {
  readonly #hash: HashFunction;
  readonly #sink: NodeSink;
  readonly #arena = new Arena();
  readonly #open: OpenBranch[];
  #last: {key: BinaryString; value: NodeValue} | undefined;

  constructor(
    hash: HashFunction,
    sink: NodeSink,
    memory: BuilderMemory = {open: [], last: undefined},
  ) {
    this.#hash = hash;
    this.#sink = sink;
    this.#open = [...memory.open];
    this.#last = memory.last;
  }

  /** To go on with later; what it holds is not changed by this builder any more. */
  memory(): BuilderMemory {
    const open = this.#open.map(branch => ({
      ...branch,
      references: [...branch.references],
      places: [...branch.places],
    }));
    return {open, last: this.#last};
  }

  get lastKey(): BinaryString | undefined {
    return this.#last?.key;
  }

  /** Takes the next entry; false where its key does not come after the last one's. */
  add(key: BinaryString, bytes: Uint8Array, form: ValueForm): boolean {
    const last = this.#last;
    if (last !== undefined) {
      if (last.key >= key) return false;
      const shared = Math.min(last.key.length, key.length) * 2;
      this.#closeTo(firstDifference(last.key, key, 0, shared), last);
    }
    this.#last = {key, value: this.#valueOf(bytes, form)};
    return true;
  }

  /** Says where the child trie is stored whose root is the last entry. */
  placeChild(place: Place): void {
    const value = this.#last?.value;
    invariant(value instanceof ChildRoot, "the last entry is the root of a child trie");
    this.#last!.value = new ChildRoot(value.root, place);
  }

  /** The root of the trie that has the entries so far, and after the last one what an edge says; a failure where that cannot be. */
  rootWith(edge: RightEdge): Result<Uint8Array, "edge-malformed"> {
    const last = this.#last;
    if (last === undefined)
      return edge.length === 0 ? ok(this.#hash(EMPTY_NODE)) : err("edge-malformed");
    const length = last.key.length * 2;
    const ends = new Set([...this.#open, ...edge].map(({end}) => end));
    let below: Branch | Leaf | undefined;
    let references: (Uint8Array | undefined)[] = [];
    for (const end of [...ends].sort((a, b) => b - a)) {
      const open = this.#open.find(branch => branch.end === end);
      const right = edge.filter(branch => branch.end === end);
      const isHere = end === length;
      const nibble = isHere ? -1 : nibbleAt(last.key, end);
      const children = right.flatMap(branch => branch.children);
      const isSound =
        end <= length &&
        right.length <= 1 &&
        right.every(branch => branch.children.length > 0) &&
        children.every(
          ([n, {length}], i) =>
            n > (children[i - 1]?.[0] ?? nibble) && n < 16 && length > 0 && length <= 32,
        );
      if (!isSound) return err("edge-malformed");
      const own =
        open === undefined
          ? new Array<Uint8Array | undefined>(16).fill(undefined)
          : [...open.references];
      if (!isHere) {
        const node = below ?? new Leaf(last.key, end + 1, last.value);
        own[nibble] = this.#referenceTo(startingAt(node, end + 1), references);
      }
      for (const [n, reference] of children) own[n] = reference;
      references = own;
      below = branchOf(last.key, end, isHere ? last.value : open?.value, own);
    }
    const top = below ?? new Leaf(last.key, 0, last.value);
    return ok(this.#hash(this.#encode(startingAt(top, 0), references, undefined).encoding));
  }

  /** Hands out what is left, and gives the root and where it is stored. Nothing may be added afterwards. */
  finish(): {readonly root: Uint8Array; readonly place: Place} {
    const last = this.#last;
    if (last === undefined) return {root: this.#hash(EMPTY_NODE), place: NO_PLACE};
    let end = this.#open.at(-1)?.end ?? -1;
    let sealed = this.#seal(new Leaf(last.key, end + 1, last.value), [], []);
    for (let branch = this.#open.pop(); branch !== undefined; branch = this.#open.pop()) {
      attach(branch, nibbleAt(last.key, branch.end), sealed);
      end = this.#open.at(-1)?.end ?? -1;
      sealed = this.#sealBranch(branch, end + 1, last.key);
    }
    this.#last = undefined;
    return {root: sealed.reference, place: sealed.place};
  }

  #valueOf(bytes: Uint8Array, form: ValueForm): NodeValue {
    if (form === "inline") return bytes;
    if (form === "child") return new ChildRoot(bytes);
    const value = new HashedValue(this.#hash(bytes), undefined, true);
    value.place = this.#sink.next();
    this.#sink.value(value.place, bytes);
    return value;
  }

  /** Finishes all that lies deeper than so many nibbles, and leaves a branch open there. */
  #closeTo(depth: number, {key, value}: {key: BinaryString; value: NodeValue}): void {
    if (key.length * 2 === depth) {
      this.#open.push(openBranch(depth, value));
      return;
    }
    let parent = this.#parentAt(depth);
    attach(
      parent,
      nibbleAt(key, parent.end),
      this.#seal(new Leaf(key, parent.end + 1, value), [], []),
    );
    while (parent.end > depth) {
      const done = this.#open.pop()!;
      parent = this.#parentAt(depth);
      attach(parent, nibbleAt(key, parent.end), this.#sealBranch(done, parent.end + 1, key));
    }
  }

  /** The deepest branch that is open, or one opened now where that is not as deep. */
  #parentAt(depth: number): OpenBranch {
    const deepest = this.#open.at(-1);
    if (deepest !== undefined && deepest.end >= depth) return deepest;
    const branch = openBranch(depth, undefined);
    this.#open.push(branch);
    return branch;
  }

  #sealBranch(
    {end, value, references, places}: OpenBranch,
    start: number,
    path: BinaryString,
  ): Sealed {
    return this.#seal(
      startingAt(branchOf(path, end, value, references), start),
      references,
      places,
    );
  }

  #seal(
    node: Branch | Leaf,
    references: readonly (Uint8Array | undefined)[],
    places: readonly Place[],
  ): Sealed {
    const {record, encoding} = this.#encode(node, references, places);
    if (node.start !== 0 && encoding.length < SHORTEST_HASHED) {
      return {reference: encoding.slice(), place: NO_PLACE};
    }
    const place = this.#sink.next();
    this.#sink.node(place, record);
    return {reference: this.#hash(encoding), place};
  }

  #referenceTo(node: Branch | Leaf, references: readonly (Uint8Array | undefined)[]): Uint8Array {
    const {encoding} = this.#encode(node, references, undefined);
    return encoding.length < SHORTEST_HASHED ? encoding.slice() : this.#hash(encoding);
  }

  /** `places`: of the children, by nibble, where the record is to be stored. */
  #encode(
    node: Branch | Leaf,
    references: readonly (Uint8Array | undefined)[],
    places: readonly Place[] | undefined,
  ): {record: Uint8Array; encoding: Uint8Array} {
    const children = node.kind === "branch" ? countHashed(node, references) : 0;
    const count = children + valuePlaces(node.value);
    const at = encodingStart(count);
    const size = node.kind === "branch" ? branchSize(node, references) : leafSize(node);
    const record = this.#arena.take(at + size);
    record[0] = count;
    if (node.kind === "branch") encodeBranch(node, references, record, at);
    else encodeLeaf(node, record, at);
    let index = 0;
    for (let n = 0; n < 16; n++) {
      const place = references[n]?.length === 32 ? places?.[n] : undefined;
      if (place !== undefined) writePlace(record, index++, place);
    }
    if (places !== undefined && hasValuePlace(node.value))
      writePlace(record, children, node.value.place);
    return {record, encoding: record.subarray(at)};
  }
}

function openBranch(end: number, value: NodeValue | undefined): OpenBranch {
  return {
    end,
    value,
    references: new Array(16).fill(undefined),
    places: new Array(16).fill(NO_PLACE),
  };
}

function attach(branch: OpenBranch, nibble: number, {reference, place}: Sealed): void {
  branch.references[nibble] = reference;
  branch.places[nibble] = place;
}

function branchOf(
  path: BinaryString,
  end: number,
  value: NodeValue | undefined,
  references: readonly (Uint8Array | undefined)[],
): Branch {
  let map = 0;
  for (let n = 0; n < 16; n++) if (references[n] !== undefined) map |= 1 << n;
  return new Branch(path, 0, end, value, map, undefined);
}

/** The node with its partial key beginning elsewhere; of a branch all else is told apart from it here. */
function startingAt(node: Branch | Leaf, start: number): Branch | Leaf {
  if (node.kind === "leaf")
    return node.start === start ? node : new Leaf(node.key, start, node.value);
  return new Branch(node.path, start, node.end, node.value, node.map, undefined);
}
