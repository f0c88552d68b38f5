import {concatBytes, equalBytes} from "#base";
import {attempt, compactU32, encode, type Source} from "#codec";
import type {StateVersion} from "./edits.ts";
import {
  BRANCH,
  BRANCH_WITH_HASH,
  BRANCH_WITH_VALUE,
  formOf,
  LEAF,
  LEAF_WITH_HASH,
  type NodeForm,
} from "./encode-node.ts";
import type {HashFunction} from "./hash-function.ts";

const HASH_LENGTH = 32;
const EMPTY_NODE = 0;
/** Bytes from which on layout 1 keeps a value outside of its node (sp-core, `TRIE_VALUE_NODE_THRESHOLD`). */
const HASHED_FROM = 33;
const CHILDREN = 16;

interface PlainNode {
  readonly isLeaf: boolean;
  readonly partial: readonly number[];
  /** Undefined: none. */
  readonly value: {readonly isHashed: boolean; readonly bytes: Uint8Array} | undefined;
  /** Of a branch: hashes, encodings of short nodes, and bytes of no length where a node was left out. */
  readonly children: readonly (Uint8Array | undefined)[];
}

/** A node on the way down, and which child of it comes next; -1 of the last one. */
interface Step {
  readonly node: PlainNode;
  readonly isInline: boolean;
  readonly child: number;
}

/**
 * Whether a trie of this root has this value under this key, by a proof as trie-db makes them (`verify_trie_proof`): the nodes
 * on the way to it from the root down, with what follows from the rest left out of them, the value and the references to the
 * next nodes. There may be nothing in it beyond that. It comes from anyone.
 */
export function verifyEntry(
  hash: HashFunction,
  root: Uint8Array,
  proof: readonly Uint8Array[],
  key: Uint8Array,
  value: Uint8Array,
  version: StateVersion,
): boolean {
  const nibbles = nibblesOf(key);
  const way: Step[] = [];
  let used = 0;
  let at = 0;
  let encoding = proof[used++];
  let isInline = false;
  for (;;) {
    const node = encoding === undefined ? undefined : readNode(encoding);
    if (node === undefined || !node.partial.every((nibble, i) => nibble === nibbles[at + i])) {
      return false;
    }
    at += node.partial.length;
    if (at === nibbles.length) {
      // What follows from the question has to be left out.
      const isLeftOut = node.isLeaf
        ? node.value?.isHashed === false && node.value.bytes.length === 0
        : node.value === undefined;
      if (!isLeftOut) return false;
      way.push({node: {...node, value: storedValue(hash, value, version)}, isInline, child: -1});
      break;
    }
    const child = nibbles[at++]!;
    const reference = node.children[child];
    if (reference === undefined || reference.length === HASH_LENGTH) return false;
    way.push({node, isInline, child});
    isInline = reference.length > 0;
    encoding = isInline ? reference : proof[used++];
  }
  return used === proof.length && leadsTo(hash, way, root);
}

const storedValue = (hash: HashFunction, value: Uint8Array, version: StateVersion) =>
  version === 1 && value.length >= HASHED_FROM
    ? {isHashed: true, bytes: hash(value)}
    : {isHashed: false, bytes: value};

/** Makes the nodes whole again, from the last one up. */
function leadsTo(hash: HashFunction, way: readonly Step[], root: Uint8Array): boolean {
  let below: Uint8Array | undefined;
  for (const {node, isInline, child} of [...way].reverse()) {
    const children = node.children.map((one, i) => (i === child ? below : one));
    if (children.some(one => one !== undefined && one.length > HASH_LENGTH)) return false;
    const encoded = encodeNode({...node, children});
    if (isInline && encoded.length > HASH_LENGTH) return false;
    below = isInline ? encoded : hash(encoded);
  }
  return below !== undefined && equalBytes(below, root);
}

/** Bytes that follow are not looked at, as upstream's decoder does not. */
function readNode(encoding: Uint8Array): PlainNode | undefined {
  const form = formOf(encoding[0]);
  if (encoding[0] === EMPTY_NODE || form === undefined) return undefined;
  let node: PlainNode | undefined;
  attempt(encoding, source => {
    node = readFormed(source, form);
  });
  return node;
}

function readFormed(source: Source, form: NodeForm): PlainNode {
  const partial = readPartial(source, form);
  const isLeaf = form === LEAF || form === LEAF_WITH_HASH;
  const map = isLeaf ? 0 : source.u8() | (source.u8() << 8);
  if (!isLeaf && map === 0) source.fail("invalid-value", "a branch without children");
  const value = readValue(source, form);
  const children = Array.from({length: isLeaf ? 0 : CHILDREN}, (_, i) =>
    map & (1 << i) ? takeCounted(source) : undefined,
  );
  return {isLeaf, partial, value, children};
}

function readValue(source: Source, form: NodeForm): PlainNode["value"] {
  if (form === BRANCH) return undefined;
  return form === LEAF || form === BRANCH_WITH_VALUE
    ? {isHashed: false, bytes: takeCounted(source)}
    : {isHashed: true, bytes: take(source, HASH_LENGTH)};
}

function readPartial(source: Source, form: NodeForm): readonly number[] {
  const most = (1 << form.bits) - 1;
  let length = source.u8() & most;
  if (length === most) {
    let more: number;
    do {
      more = source.u8();
      length += more;
    } while (more === 0xff);
  }
  const nibbles = nibblesOf(take(source, (length + 1) >> 1));
  if ((length & 1) === 0) return nibbles;
  if (nibbles[0] !== 0) source.fail("invalid-value", "padding that is not zero");
  return nibbles.slice(1);
}

const nibblesOf = (bytes: Uint8Array): readonly number[] =>
  Array.from({length: 2 * bytes.length}, (_, i) =>
    i & 1 ? bytes[i >> 1]! & 15 : bytes[i >> 1]! >> 4,
  );

const takeCounted = (source: Source): Uint8Array => take(source, compactU32.decodeFrom(source));

function take(source: Source, length: number): Uint8Array {
  const from = source.offset;
  source.advance(length);
  return source.bytes.subarray(from, from + length);
}

function encodeNode(node: PlainNode): Uint8Array {
  const {isLeaf, partial, value, children} = node;
  const map = children.reduce((bits, child, i) => (child ? bits | (1 << i) : bits), 0);
  return concatBytes(
    header(formFor(node), partial.length),
    packed(partial),
    ...(isLeaf ? [] : [Uint8Array.of(map & 0xff, map >> 8)]),
    ...(value === undefined ? [] : [value.isHashed ? value.bytes : counted(value.bytes)]),
    ...children.filter(child => child !== undefined).map(counted),
  );
}

function formFor({isLeaf, value}: PlainNode): NodeForm {
  if (value === undefined) return BRANCH;
  if (isLeaf) return value.isHashed ? LEAF_WITH_HASH : LEAF;
  return value.isHashed ? BRANCH_WITH_HASH : BRANCH_WITH_VALUE;
}

function header({prefix, bits}: NodeForm, length: number): Uint8Array {
  const most = (1 << bits) - 1;
  if (length < most) return Uint8Array.of(prefix | length);
  const bytes = [prefix | most];
  let rest = length - most;
  for (; rest >= 0xff; rest -= 0xff) bytes.push(0xff);
  return Uint8Array.of(...bytes, rest);
}

function packed(nibbles: readonly number[]): Uint8Array {
  const padded = nibbles.length % 2 === 0 ? nibbles : [0, ...nibbles];
  return Uint8Array.from(
    {length: padded.length / 2},
    (_, i) => (padded[2 * i]! << 4) | padded[2 * i + 1]!,
  );
}

const counted = (bytes: Uint8Array): Uint8Array =>
  concatBytes(encode(compactU32, bytes.length), bytes);
