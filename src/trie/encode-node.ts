import {nibbleAt} from "./nibbles.ts";
import {
  type Branch,
  ChildRoot,
  HASH_HEAD,
  HashedValue,
  type Leaf,
  type NodeValue,
  referenceSize,
} from "./node.ts";
import {NO_PLACE, type Place, readPlace, writePlace} from "./places.ts";

const HASH_LENGTH = 32;

/** The first bits of a header and how many bits are left for the length of the partial key (spec/pallets §17.3). */
export const LEAF = {prefix: 0b0100_0000, bits: 6};
export const BRANCH = {prefix: 0b1000_0000, bits: 6};
export const BRANCH_WITH_VALUE = {prefix: 0b1100_0000, bits: 6};
export const LEAF_WITH_HASH = {prefix: 0b0010_0000, bits: 5};
export const BRANCH_WITH_HASH = {prefix: 0b0001_0000, bits: 4};

export type NodeForm = typeof LEAF;

/** By the first byte of an encoding; undefined for what begins no node, and for the empty one. */
export function formOf(header: number | undefined): NodeForm | undefined {
  if (header === undefined || header < BRANCH_WITH_HASH.prefix) return undefined;
  if (header < LEAF_WITH_HASH.prefix) return BRANCH_WITH_HASH;
  if (header < LEAF.prefix) return LEAF_WITH_HASH;
  if (header < BRANCH.prefix) return LEAF;
  return header < BRANCH_WITH_VALUE.prefix ? BRANCH : BRANCH_WITH_VALUE;
}

function leafForm(value: NodeValue): NodeForm {
  return value instanceof HashedValue ? LEAF_WITH_HASH : LEAF;
}

export function leafSize(leaf: Leaf): number {
  const nibbles = leaf.key.length * 2 - leaf.start;
  return headerSize(leafForm(leaf.value), nibbles) + ((nibbles + 1) >> 1) + valueSize(leaf.value);
}

/** Writes an encoding of `leafSize` bytes at `start`. */
export function encodeLeaf(leaf: Leaf, out: Uint8Array, start: number): void {
  const form = leafForm(leaf.value);
  const at = writePartial(out, start, form, leaf.key, leaf.start, leaf.key.length * 2);
  writeValue(out, at, leaf.value);
}

/** References of children that are not clean, by nibble; others are not looked at. */
export type References = readonly (Uint8Array | undefined)[];

export function branchSize(branch: Branch, references: References): number {
  const nibbles = branch.end - branch.start;
  const {value} = branch;
  const size = headerSize(branchForm(value), nibbles) + ((nibbles + 1) >> 1) + 2;
  return size + (value === undefined ? 0 : valueSize(value)) + sizeOfChildren(branch, references);
}

/** How many children go by their hash. */
export function countHashed(branch: Branch, references: References): number {
  const {record, childrenMap, map, clean} = branch;
  let from = branch.childrenAt;
  let count = 0;
  for (let n = 0; n < 16; n++) {
    const bit = 1 << n;
    if (map & bit) {
      const isHashed =
        clean & bit ? record[from] === HASH_HEAD : references[n]!.length === HASH_LENGTH;
      if (isHashed) count++;
    }
    if (childrenMap & bit) from += referenceSize(record, from);
  }
  return count;
}

/** Writes an encoding of `branchSize` bytes at `start`, and the known places before it; gives where the children begin. */
export function encodeBranch(
  branch: Branch,
  references: References,
  out: Uint8Array,
  start: number,
): number {
  const {map, value} = branch;
  let at = writePartial(out, start, branchForm(value), branch.path, branch.start, branch.end);
  out[at++] = map & 0xff;
  out[at++] = map >> 8;
  if (value !== undefined) at = writeValue(out, at, value);
  writeChildren(out, at, branch, references);
  return at;
}

function branchForm(value: NodeValue | undefined): NodeForm {
  if (value === undefined) return BRANCH;
  return value instanceof HashedValue ? BRANCH_WITH_HASH : BRANCH_WITH_VALUE;
}

function sizeOfChildren(branch: Branch, references: References): number {
  const {record, childrenMap, clean, map} = branch;
  let from = branch.childrenAt;
  let size = 0;
  for (let n = 0; n < 16; n++) {
    const bit = 1 << n;
    const length = childrenMap & bit ? referenceSize(record, from) : 0;
    from += length;
    if (map & bit) size += clean & bit ? length : 1 + references[n]!.length;
  }
  return size;
}

function writeChildren(
  out: Uint8Array,
  start: number,
  branch: Branch,
  references: References,
): void {
  const {record, encodingAt, childrenMap, clean, map} = branch;
  let from = branch.childrenAt;
  let at = start;
  let oldIndex = 0;
  let newIndex = 0;
  for (let n = 0; n < 16; n++) {
    const bit = 1 << n;
    const length = childrenMap & bit ? referenceSize(record, from) : 0;
    const wasHashed = length === 1 + HASH_LENGTH;
    if (map & clean & bit) {
      if (wasHashed) carryPlace(out, newIndex++, readPlace(record, encodingAt, oldIndex));
      for (let i = 0; i < length; i++) out[at++] = record[from + i]!;
    } else if (map & bit) {
      const reference = references[n]!;
      if (reference.length === HASH_LENGTH) newIndex++;
      out[at++] = reference.length << 2;
      for (let i = 0; i < reference.length; i++) out[at++] = reference[i]!;
    }
    if (wasHashed) oldIndex++;
    from += length;
  }
}

/** A child that is not stored has no place to carry over; nor has one read from a proof. */
function carryPlace(out: Uint8Array, index: number, place: Place): void {
  if (place !== NO_PLACE) writePlace(out, index, place);
}

function headerSize(form: NodeForm, nibbles: number): number {
  const max = (1 << form.bits) - 1;
  return nibbles < max ? 1 : 2 + Math.floor((nibbles - max) / 255);
}

function writePartial(
  out: Uint8Array,
  from: number,
  form: NodeForm,
  path: string,
  start: number,
  end: number,
): number {
  const max = (1 << form.bits) - 1;
  let at = from;
  if (end - start < max) {
    out[at++] = form.prefix | (end - start);
  } else {
    out[at++] = form.prefix | max;
    let rest = end - start - max;
    for (; rest >= 255; rest -= 255) out[at++] = 0xff;
    out[at++] = rest;
  }
  let index = start;
  if ((end - start) & 1) out[at++] = nibbleAt(path, index++);
  if (index & 1) {
    for (; index < end; index += 2) {
      out[at++] = (nibbleAt(path, index) << 4) | nibbleAt(path, index + 1);
    }
  } else {
    for (; index < end; index += 2) out[at++] = path.charCodeAt(index >> 1);
  }
  return at;
}

function valueSize(value: NodeValue): number {
  if (value instanceof HashedValue) return value.hash.length;
  const {length} = value instanceof ChildRoot ? value.root : value;
  return compactSize(length) + length;
}

function writeValue(out: Uint8Array, start: number, value: NodeValue): number {
  if (value instanceof HashedValue) {
    out.set(value.hash, start);
    return start + value.hash.length;
  }
  const bytes = value instanceof ChildRoot ? value.root : value;
  const at = writeCompact(out, start, bytes.length);
  out.set(bytes, at);
  return at + bytes.length;
}

function compactSize(value: number): number {
  if (value < 1 << 6) return 1;
  return value < 1 << 14 ? 2 : 4;
}

/** SCALE compact of a length; lengths of 2^30 and more do not fit into memory here and are not written. */
function writeCompact(out: Uint8Array, start: number, value: number): number {
  const size = compactSize(value);
  const mode = size === 4 ? 2 : size - 1;
  let rest = value * 4 + mode;
  for (let i = 0; i < size; i++) {
    out[start + i] = rest & 0xff;
    rest = Math.floor(rest / 256);
  }
  return start + size;
}
