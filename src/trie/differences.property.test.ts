import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, bytesToHex} from "#base";
import {createPortableHashing} from "#crypto";
import {type Change, type StateVersion, sortChanges} from "./edits.ts";
import {memorySource} from "./memory-source.ts";
import {Trie} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff), {maxLength: 5})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const values = fc.oneof(
  fc.uint8Array({maxLength: 2}),
  fc.constantFrom(new Uint8Array(70).fill(7), new Uint8Array(70).fill(8)),
);
const changes = (present: number) =>
  fc
    .dictionary(keys, fc.option(values, {nil: undefined, freq: present}), {maxKeys: 20})
    .map(byKey => sortChanges(Object.entries(byKey) as Change[]));
const versions = fc.constantFrom<StateVersion>(0, 1);

test("differences are those that comparing all entries finds, whether versions share nodes or not", () => {
  fc.assert(
    fc.property(changes(20), changes(2), versions, fc.boolean(), (first, then, version, shares) => {
      const source = memorySource();
      let before = Trie.empty(hash, source).update(first, version);
      const fresh = before.collect(source.placing);
      source.add(fresh);
      const after = before.update(then, version);
      if (!shares) before = Trie.open(hash, source, before.root(), fresh.root);
      const old = new Map(before.entries());
      const now = new Map(after.entries());
      const expected = [...new Set([...old.keys(), ...now.keys()])]
        .sort()
        .filter(key => text(old.get(key)) !== text(now.get(key)))
        .map(key => ({key, before: old.get(key), after: now.get(key)}));
      assert.deepEqual([...after.differencesFrom(before)], expected);
    }),
    {numRuns: 2_000},
  );
});

test("a Merkle value is that of a node on the way to a key below, and there is none where no key is", () => {
  fc.assert(
    fc.property(changes(20), keys, versions, (entries, key, version) => {
      const trie = Trie.empty(hash).update(entries, version);
      const below = [...trie.entries(key)].map(([each]) => each);
      const value = trie.closestMerkleValue(key);
      if (below.length === 0) {
        assert.equal(value, undefined);
        return;
      }
      assert.ok(value !== undefined);
      for (const each of below) assertOnTheWay(trie, each, value);
      if (key === "") assert.equal(text(value), text(trie.root()));
    }),
    {numRuns: 2_000},
  );
});

test("a Merkle value changes with any value below, and with no other", () => {
  const trie = Trie.empty(hash).update(
    sortChanges([
      ["ab", new Uint8Array(40)],
      ["abc", new Uint8Array(40)],
      ["abd", new Uint8Array(40)],
      ["b", new Uint8Array(40)],
    ]),
    0,
  );
  const other = trie.update([["b", Uint8Array.of(1)]], 0);
  const inside = trie.update([["abd", Uint8Array.of(1)]], 0);
  assert.equal(text(trie.closestMerkleValue("ab")), text(other.closestMerkleValue("ab")));
  assert.notEqual(text(trie.closestMerkleValue("ab")), text(inside.closestMerkleValue("ab")));
  assert.equal(text(trie.closestMerkleValue("a")), text(trie.closestMerkleValue("ab")));
});

/** Its node is an item of the proof of `key`, or stands inside one. */
function assertOnTheWay(trie: Trie, key: BinaryString, value: Uint8Array): void {
  const items = trie.prove([key]);
  const found =
    value.length === 32
      ? items.some(item => text(hash(item)) === text(value))
      : items.some(item => bytesToBinary(item).includes(bytesToBinary(value)));
  assert.ok(found, `${text(value)} is not on the way to ${text(Buffer.from(key, "latin1"))}`);
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes && bytesToHex(bytes);
}
