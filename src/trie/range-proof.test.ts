import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, bytesToHex} from "#base";
import {createPortableHashing} from "#crypto";
import {type Change, type StateVersion, sortChanges} from "./edits.ts";
import {GatheredTrie} from "./gathered-trie.ts";
import {memorySource} from "./memory-source.ts";
import {readRangeProof} from "./read-range-proof.ts";
import {Trie} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

/** Few different bytes and few lengths, so that keys are often prefixes and neighbours of each other. */
const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff), {minLength: 1, maxLength: 5})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const values = fc.oneof(
  fc.uint8Array({maxLength: 4}),
  fc.uint8Array({minLength: 31, maxLength: 34}),
  fc.constant(new Uint8Array(70).fill(7)),
);
const states = fc
  .dictionary(keys, values, {maxKeys: 40})
  .map(byKey => sortChanges(Object.entries(byKey)));
const versions = fc.constantFrom<StateVersion>(0, 1);
const starts = fc.option(keys, {nil: undefined});
const sizes = fc.constantFrom(0, 50, 200, 100_000);

function trieOf(entries: Change[], version: StateVersion): Trie {
  return Trie.empty(hash).update(entries, version);
}

function after(entries: readonly Change[], start: BinaryString | undefined): BinaryString[] {
  return entries.map(([key]) => key).filter(key => start === undefined || key > start);
}

test("whatever the state, the start and the size: what is proved is all from the start up to some key", () => {
  fc.assert(
    fc.property(states, versions, starts, sizes, (entries, version, start, size) => {
      const trie = trieOf(entries, version);
      const read = readRangeProof(hash, trie.root(), trie.proveRange(start, size), start);
      assert.ok(read.ok, JSON.stringify(read));
      const {last, isComplete} = read.value;
      const expected = after(entries, start);
      assert.equal(last, expected[read.value.entries - 1]);
      assert.equal(isComplete, read.value.entries === expected.length);
      assert.ok(read.value.entries > 0 || expected.length === 0);
    }),
    {numRuns: 1_000},
  );
});

test("piece by piece the whole trie comes over, and can be stored", () => {
  fc.assert(
    fc.property(states, versions, sizes, (entries, version, size) => {
      const trie = trieOf(entries, version);
      const gathered = new GatheredTrie();
      let start: BinaryString | undefined;
      for (let isComplete = false; !isComplete; ) {
        const read = readRangeProof(hash, trie.root(), trie.proveRange(start, size), start);
        assert.ok(read.ok);
        gathered.add(read.value);
        ({isComplete} = read.value);
        start = read.value.last ?? start;
      }
      const copy = gathered.trie(hash, trie.root());
      assert.deepEqual([...copy.entries()], entries);
      const store = memorySource();
      const all = copy.snapshot(store.placing);
      store.add(all);
      assert.deepEqual([...Trie.open(hash, store, trie.root(), all.root).entries()], entries);
    }),
    {numRuns: 300},
  );
});

test("a proof from a trie that is stored is the same as from one in memory", () => {
  fc.assert(
    fc.property(states, versions, starts, sizes, (entries, version, start, size) => {
      const trie = trieOf(entries, version);
      const store = memorySource();
      const all = trie.snapshot(store.placing);
      store.add(all);
      const stored = Trie.open(hash, store, trie.root(), all.root);
      assert.deepEqual(stored.proveRange(start, size), trie.proveRange(start, size));
    }),
  );
});

test("a proof that was touched anywhere is refused", () => {
  fc.assert(
    fc.property(
      states,
      versions,
      starts,
      fc.record({item: fc.nat(), at: fc.nat(), xor: fc.integer({min: 1, max: 255})}),
      fc.constantFrom("flip", "drop", "double", "cut"),
      (entries, version, start, {item, at, xor}, how) => {
        const trie = trieOf(entries, version);
        const items = trie.proveRange(start, 300).map(bytes => bytes.slice());
        const index = item % items.length;
        const bytes = items[index]!;
        if (how === "flip") bytes[at % bytes.length]! ^= xor;
        else if (how === "drop") items.splice(index, 1);
        else if (how === "double") items.splice(index, 0, bytes);
        else items[index] = bytes.subarray(0, bytes.length - 1);
        assert.equal(readRangeProof(hash, trie.root(), items, start).ok, false);
      },
    ),
    {numRuns: 1_000},
  );
});

test("a part that leaves out entries in the middle is known to be no more than its beginning", () => {
  const entries: Change[] = sortChanges(
    Array.from({length: 200}, (_, i) => [
      bytesToBinary(hash(Uint8Array.of(i))),
      new Uint8Array(40),
    ]),
  );
  const trie = trieOf(entries, 0);
  // An honest proof of the end, offered as one of the beginning.
  const start = entries[150]![0];
  const read = readRangeProof(hash, trie.root(), trie.proveRange(start, 1_000_000), undefined);
  assert.ok(read.ok);
  assert.equal(read.value.isComplete, false);
  assert.ok(read.value.entries < 150);
});

test("nodes nested beyond any key exhaust nobody", () => {
  const nested = Array.from({length: 100_000}, () => Uint8Array.of(0x80, 0x01, 0x00, 0x00));
  const read = readRangeProof(hash, new Uint8Array(32), nested, undefined);
  assert.ok(!read.ok && read.error.code === "too-deep");
});

test("noise is refused", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({maxLength: 80}), {maxLength: 6}), noise => {
      const root = hash(Uint8Array.of(1, 2, 3));
      assert.equal(readRangeProof(hash, root, noise, undefined).ok, false, bytesToHex(root));
    }),
    {numRuns: 1_000},
  );
});
