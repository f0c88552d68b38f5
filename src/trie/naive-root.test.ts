import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary, bytesToHex, concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {type Change, sortChanges} from "./edits.ts";
import {listRoot, trieRoot} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

/** A second reading of spec/pallets §17.3, with lists of nibbles and no thought for speed. Version 0. */
function naiveNode(entries: [number[], Uint8Array][]): Uint8Array {
  if (entries.length === 0) return Uint8Array.of(0);
  const [first, value] = entries[0]!;
  if (entries.length === 1) return concatBytes(header(0x40, first), sized(value));
  const shared = first.findIndex((nibble, i) => entries.some(([path]) => path[i] !== nibble));
  const depth = shared < 0 ? first.length : shared;
  const here = entries.find(([path]) => path.length === depth)?.[1];
  const parts: Uint8Array[] = [];
  let bitmap = 0;
  for (let n = 0; n < 16; n++) {
    const below = entries.filter(([path]) => path[depth] === n);
    if (below.length === 0) continue;
    bitmap |= 1 << n;
    const child = naiveNode(below.map(([path, v]) => [path.slice(depth + 1), v]));
    parts.push(sized(child.length < 32 ? child : hash(child)));
  }
  const map = Uint8Array.of(bitmap & 0xff, bitmap >> 8);
  const own = here === undefined ? new Uint8Array() : sized(here);
  return concatBytes(
    header(here === undefined ? 0x80 : 0xc0, first.slice(0, depth)),
    map,
    own,
    ...parts,
  );
}

function header(prefix: number, nibbles: number[]): Uint8Array {
  const bytes = nibbles.length < 63 ? [prefix | nibbles.length] : [prefix | 63];
  for (let rest = nibbles.length - 62; rest > 0; rest -= 255) bytes.push(Math.min(rest, 256) - 1);
  const even = nibbles.length & 1 ? [0, ...nibbles] : nibbles;
  for (let i = 0; i < even.length; i += 2) bytes.push(even[i]! * 16 + even[i + 1]!);
  return Uint8Array.from(bytes);
}

function sized(bytes: Uint8Array): Uint8Array {
  const {length} = bytes;
  return concatBytes(compact(length), bytes);
}

/** SCALE's compact form of a number below 2^30. */
function compact(value: number): Uint8Array {
  if (value < 64) return Uint8Array.of(value * 4);
  if (value < 16_384) return Uint8Array.of((value * 4 + 1) & 0xff, value >> 6);
  return Uint8Array.of((value * 4 + 2) & 0xff, value >> 6, value >> 14, value >> 22);
}

function nibblesOf(key: string): number[] {
  return [...key].flatMap(char => [char.charCodeAt(0) >> 4, char.charCodeAt(0) & 15]);
}

test("roots equal those of a plain reading of the format", () => {
  const keys = fc.oneof(
    fc.uint8Array({maxLength: 3}).map(bytesToBinary),
    fc.array(fc.constantFrom("\x00", "\x01", "\x10"), {maxLength: 6}).map(parts => parts.join("")),
    fc
      .tuple(fc.integer({min: 28, max: 36}), fc.constantFrom("", "\x10", "\x11", "\x20"))
      .map(([size, end]) => "\x77".repeat(size) + end),
    fc
      .tuple(fc.integer({min: 150, max: 165}), fc.constantFrom("", "\x10", "\x11", "\x20"))
      .map(([size, end]) => "\x77".repeat(size) + end),
  );
  const values = fc.uint8Array({maxLength: 100});
  fc.assert(
    fc.property(fc.dictionary(keys, values, {maxKeys: 20}), byKey => {
      const entries = Object.entries(byKey);
      const naive = hash(naiveNode(entries.map(([key, value]) => [nibblesOf(key), value])));
      const changes = sortChanges(entries.map(([key, value]): Change => [key, value]));
      assert.equal(bytesToHex(trieRoot(hash, changes, 0)), bytesToHex(naive));
    }),
    {numRuns: 500},
  );
});

const rootOf = (entries: readonly (readonly [key: string, value: Uint8Array])[]) =>
  bytesToHex(hash(naiveNode(entries.map(([key, value]) => [nibblesOf(key), value]))));

test("a value's length is in its shortest form on both sides of every bound", () => {
  for (const length of [63, 64, 16_383, 16_384]) {
    const value = new Uint8Array(length).fill(7);
    for (const keys of [["\x12\x34"], ["\x12\x34", "\x12\x34\x56"]]) {
      const entries = keys.map((key): Change => [key, value]);
      const root = bytesToHex(trieRoot(hash, entries, 0));
      assert.equal(root, rootOf(keys.map(key => [key, value] as const)), `${length} bytes`);
    }
  }
});

test("a list is hashed under the shortest forms of its indices on both sides of every bound", () => {
  for (const length of [64, 65, 16_384, 16_385]) {
    const items = Array.from({length}, (_, i) => Uint8Array.of(i & 0xff, i >> 8));
    const keyed = items.map((item, i) => [bytesToBinary(compact(i)), item] as const);
    assert.equal(bytesToHex(listRoot(hash, items)), rootOf(keyed), `${length} items`);
  }
});
