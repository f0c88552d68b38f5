import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, bytesToHex, unwrap} from "#base";
import {createPortableHashing} from "#crypto";
import {DEFAULT_CHILD_PREFIX} from "#primitives";
import {decodeCompactProof, encodeCompactProof, type ProofItems} from "./compact-proof.ts";
import {type Change, type StateVersion, sortChanges} from "./edits.ts";
import {ProofRecorder} from "./proof-recorder.ts";
import {Trie} from "./trie.ts";
import {openProof} from "./verify-proof.ts";

const {blake2b256, keccak256} = createPortableHashing();

const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff), {minLength: 1, maxLength: 5})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const values = fc.oneof(
  fc.uint8Array({maxLength: 4}),
  fc.uint8Array({minLength: 31, maxLength: 34}),
  fc.constant(new Uint8Array(70).fill(7)),
);
const entries = fc
  .dictionary(keys, values, {minKeys: 1, maxKeys: 40})
  .map(byKey => sortChanges(Object.entries(byKey)));
const steps = fc.array(
  fc.oneof(
    fc.record({do: fc.constantFrom("get", "has", "next", "keys"), key: keys}),
    fc.record({do: fc.constant("write"), key: keys, value: fc.option(values, {nil: undefined})}),
  ),
  {minLength: 1, maxLength: 12},
);
const versions = fc.constantFrom<StateVersion>(0, 1);
const hashes = fc.constantFrom(blake2b256, keccak256);

/** Reads and writes, and gives what was read and the root after it; writes are taken one after the other. */
function take(trie: Trie, sequence: typeof steps extends fc.Arbitrary<infer S> ? S : never) {
  const seen: unknown[] = [];
  let written = trie;
  for (const step of sequence) {
    if (step.do === "get") seen.push(trie.get(step.key));
    else if (step.do === "has") seen.push(trie.has(step.key));
    else if (step.do === "next") seen.push(trie.nextKey(step.key));
    else if (step.do === "keys") seen.push([...trie.keys(step.key)]);
    else written = written.update([[step.key, (step as {value?: Uint8Array}).value]], 1);
  }
  return {seen, root: bytesToHex(written.root())};
}

const itemsOf = (hash: (data: Uint8Array) => Uint8Array, proof: Iterable<Uint8Array>): ProofItems =>
  new Map([...proof].map(item => [bytesToBinary(hash(item)), item]));

const sorted = (items: ProofItems) => [...items].sort(([a], [b]) => (a < b ? -1 : 1));

test("what was recorded comes back from its compact form to the byte, and is enough to read the same", () => {
  fc.assert(
    fc.property(entries, steps, versions, hashes, (all, sequence, version, hash) => {
      const trie = Trie.empty(hash).update(all, version);
      const recorder = new ProofRecorder();
      const reads = sequence.filter(step => step.do !== "write");
      const expected = take(trie.recorded(recorder), reads);
      if (reads.length === 0) return;
      const proof = encodeCompactProof(trie.root(), recorder.items);
      const decoded = unwrap(decodeCompactProof(hash, proof));
      assert.equal(bytesToHex(decoded.root), bytesToHex(trie.root()));
      assert.deepEqual(sorted(decoded.items), sorted(recorder.items));
      const again = take(openProof(hash, decoded.root, decoded.items.values()), reads);
      assert.deepEqual(again.seen, expected.seen);
    }),
    {numRuns: 1_000},
  );
});

test("what was recorded of changes is enough to make them one after the other", () => {
  fc.assert(
    fc.property(entries, steps, versions, hashes, (all, sequence, version, hash) => {
      const trie = Trie.empty(hash).update(all, version);
      const batch = new Map<BinaryString, Uint8Array | undefined>();
      for (const step of sequence) if ("value" in step) batch.set(step.key, step.value);
      const changes = sortChanges([...batch]) as Change[];
      const recorder = new ProofRecorder();
      const root = trie.recorded(recorder).update(changes, version).root();
      const proof = encodeCompactProof(trie.root(), recorder.items);
      if (changes.length === 0) return;
      const decoded = unwrap(decodeCompactProof(hash, proof));
      let proven = openProof(hash, trie.root(), decoded.items.values());
      for (const change of changes) proven = proven.update([change], version);
      assert.equal(bytesToHex(proven.root()), bytesToHex(root));
    }),
    {numRuns: 1_000},
  );
});

test("the form is that of the Rust encoder: omitted children, inline ones, a value that follows", () => {
  const long = new Uint8Array(40).fill(7);
  const trie = Trie.empty(blake2b256).update(
    [
      ["\x10", Uint8Array.of(1)],
      ["\x20", long],
      ["\x21", long],
    ],
    1,
  );
  const recorder = new ProofRecorder();
  trie.recorded(recorder).get("\x20");
  const proof = encodeCompactProof(trie.root(), recorder.items).map(bytesToHex);
  assert.deepEqual(proof, [
    // No partial key, children 1 and 2; the first is a leaf of four bytes, the other an item.
    "0x800600104100040100",
    // No partial key, children 0 and 1: both are leaves without a partial key, so one and the same item.
    "0x8003000000",
    "0x014000",
    bytesToHex(long),
    "0x014000",
    bytesToHex(long),
  ]);
});

test("child tries follow the top trie by their names, and only those that were come by", () => {
  const child = (fill: number) =>
    Trie.empty(blake2b256).update([["k", new Uint8Array(40).fill(fill)]], 0);
  const [first, second, third] = [child(1), child(2), child(3)] as [Trie, Trie, Trie];
  const top = Trie.empty(blake2b256).update(
    [
      [`${DEFAULT_CHILD_PREFIX}a`, first.root()],
      [`${DEFAULT_CHILD_PREFIX}b`, second.root()],
      [`${DEFAULT_CHILD_PREFIX}c`, third.root()],
    ],
    0,
  );
  const recorder = new ProofRecorder();
  for (const name of ["c", "b", "a"]) top.recorded(recorder).get(DEFAULT_CHILD_PREFIX + name);
  for (const trie of [third, first]) trie.recorded(recorder).get("k");
  const proof = encodeCompactProof(top.root(), recorder.items);
  const decoded = unwrap(decodeCompactProof(blake2b256, proof));
  assert.deepEqual(sorted(decoded.items), sorted(recorder.items));
  const order = [first, third].map(trie => proof.findIndex(item => same(item, trie)));
  assert.ok(order[0]! > 0 && order[1]! === order[0]! + 1 && order[1] === proof.length - 1);
  const stray = encodeCompactProof(second.root(), itemsOf(blake2b256, second.prove(["k"])));
  const answer = decodeCompactProof(blake2b256, [...proof, ...stray]);
  assert.equal(!answer.ok && answer.error.code, "child-unknown");
});

const same = (item: Uint8Array, trie: Trie) =>
  bytesToHex(blake2b256(item)) === bytesToHex(trie.root());

test("a proof that was touched anywhere is another proof or none", () => {
  fc.assert(
    fc.property(
      entries,
      versions,
      fc.nat(),
      fc.integer({min: 1, max: 255}),
      (all, version, at, xor) => {
        const trie = Trie.empty(blake2b256).update(all, version);
        const items = itemsOf(blake2b256, trie.prove(all.map(([key]) => key)));
        const proof = encodeCompactProof(trie.root(), items);
        const spoilt = proof.map(item => item.slice());
        const item = spoilt[at % spoilt.length]!;
        if (item.length === 0) return;
        item[at % item.length]! ^= xor;
        const decoded = decodeCompactProof(blake2b256, spoilt);
        if (!decoded.ok) return;
        assert.notEqual(bytesToHex(decoded.value.root), bytesToHex(trie.root()));
      },
    ),
    {numRuns: 1_000},
  );
});
