import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary} from "#base";
import {createPortableHashing} from "#crypto";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import {type Change, type StateVersion, sortChanges} from "./edits.ts";
import {GatheredTrie} from "./gathered-trie.ts";
import {proveStateRange, type StateStart} from "./prove-state-range.ts";
import {readStateRange} from "./read-state-range.ts";
import {Trie} from "./trie.ts";

const hash = createPortableHashing().blake2b256;

const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0xff), {minLength: 1, maxLength: 4})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
/** Few, so that child tries are often the same. */
const values = fc.oneof(
  fc.constantFrom(Uint8Array.of(1), new Uint8Array(32), new Uint8Array(70).fill(7)),
  fc.uint8Array({maxLength: 3}),
);
const contents = fc
  .dictionary(keys, values, {maxKeys: 12})
  .map(byKey => sortChanges(Object.entries(byKey)));
const names = fc.constantFrom("a", "aa", "ab", "b", "\xff");
/** Out of two, so that several names often have the same. */
const states = fc
  .record({
    top: contents,
    pool: fc.tuple(contents, contents),
    chosen: fc.dictionary(names, fc.nat(1), {maxKeys: 5}),
    version: fc.constantFrom<StateVersion>(0, 1),
  })
  .map(({pool, chosen, ...rest}) => {
    const children = Object.entries(chosen).map(([name, i]) => [name, pool[i]!] as const);
    return {...rest, children: children.filter(([, entries]) => entries.length > 0)};
  });
const sizes = fc.constantFrom(0, 50, 120, 400, 100_000);

type State = typeof states extends fc.Arbitrary<infer S> ? S : never;

function build({top, children, version}: State) {
  const tries = new Map<BinaryString, Trie>();
  const roots = children.map(([name, entries]): Change => {
    const trie = Trie.empty(hash).update(entries, version);
    tries.set(DEFAULT_CHILD_PREFIX + name, trie);
    return [DEFAULT_CHILD_PREFIX + name, trie.root()];
  });
  const trie = Trie.empty(hash).update(sortChanges([...top, ...roots]), version);
  const prove = (start: StateStart, size: number) =>
    proveStateRange(trie, key => tries.get(key)!, start, size);
  return {trie, tries, prove};
}

test("piece by piece a whole state comes over, child tries and all", () => {
  fc.assert(
    fc.property(states, sizes, (state, size) => {
      const {trie, tries, prove} = build(state);
      const gathered = new GatheredTrie();
      let start: StateStart = [];
      let pieces = 0;
      for (let isComplete = false; !isComplete; pieces++) {
        const read = readStateRange(hash, trie.root(), prove(start, size)!, start);
        assert.ok(read.ok, JSON.stringify(read));
        gathered.add(read.value);
        ({isComplete} = read.value);
        if (!isComplete) assert.notDeepEqual(read.value.next, start);
        start = read.value.next;
      }
      assert.ok(size < 100_000 || pieces === 1);
      const copy = gathered.trie(hash, trie.root());
      assert.deepEqual([...copy.entries()], [...trie.entries()]);
      for (const child of tries.values()) {
        assert.deepEqual([...copy.beside(child.root()).entries()], [...child.entries()]);
      }
    }),
    {numRuns: 1_000},
  );
});

test("a start in a child trie that is not there is refused", () => {
  const {prove} = build({top: [["a", Uint8Array.of(1)]], children: [], version: 0});
  assert.equal(prove([`${DEFAULT_CHILD_PREFIX}a`, "k"], 100), undefined);
  assert.equal(prove(["a", "k"], 100), undefined);
});

test("a proof that was touched anywhere is refused", () => {
  fc.assert(
    fc.property(
      states,
      fc.record({item: fc.nat(), at: fc.nat(), xor: fc.integer({min: 1, max: 255})}),
      fc.constantFrom("flip", "drop", "double", "cut"),
      (state, {item, at, xor}, how) => {
        const {trie, prove} = build(state);
        const items = prove([], 300)!.map(bytes => bytes.slice());
        const index = item % items.length;
        const bytes = items[index]!;
        if (how === "flip") bytes[at % bytes.length]! ^= xor;
        else if (how === "drop") items.splice(index, 1);
        else if (how === "double") items.splice(index, 0, bytes);
        else items[index] = bytes.subarray(0, bytes.length - 1);
        assert.equal(readStateRange(hash, trie.root(), items, []).ok, false);
      },
    ),
    {numRuns: 1_000},
  );
});
