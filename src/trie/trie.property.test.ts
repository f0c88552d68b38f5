import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, bytesToHex} from "#base";
import {createPortableHashing} from "#crypto";
import type {Change, StateVersion} from "./edits.ts";
import {memorySource} from "./memory-source.ts";
import {Trie, trieRoot} from "./trie.ts";
import {openProof, verifyProof} from "./verify-proof.ts";

const hash = createPortableHashing().blake2b256;

/** Few different bytes and few lengths, so that keys are often prefixes and neighbours of each other. */
const keys = fc
  .array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff), {maxLength: 5})
  .map(bytes => bytesToBinary(Uint8Array.from(bytes)));
const values = fc.oneof(
  fc.uint8Array({maxLength: 4}),
  fc.uint8Array({minLength: 31, maxLength: 34}),
  fc.constant(new Uint8Array(70).fill(7)),
);
const changes = fc
  .dictionary(keys, fc.option(values, {nil: undefined, freq: 3}), {maxKeys: 12})
  .map(byKey => sorted(Object.entries(byKey)));
const versions = fc.constantFrom<StateVersion>(0, 1);
const hostileNoise = fc.record({at: fc.nat(), xor: fc.integer({min: 1, max: 255})});

function sorted(entries: Iterable<Change>): Change[] {
  return [...entries].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

type Model = Map<BinaryString, Uint8Array>;

function applyToModel(model: Model, batch: readonly Change[]): void {
  for (const [key, value] of batch) value === undefined ? model.delete(key) : model.set(key, value);
}

function assertSame(trie: Trie, model: Model, probes: Iterable<BinaryString>): void {
  const expected = sorted(model);
  assert.deepEqual([...trie.entries()], expected);
  for (const key of probes) {
    assert.deepEqual(trie.get(key), model.get(key));
    assert.equal(trie.has(key), model.has(key));
    assert.equal(trie.nextKey(key), expected.find(([other]) => other > key)?.[0]);
    const below = expected.filter(([other]) => other.startsWith(key));
    assert.deepEqual([...trie.entries(key)], below);
  }
}

test("any series of batches gives the trie that its outcome gives at once, in memory and from a store", () => {
  fc.assert(
    fc.property(
      fc.array(changes, {maxLength: 8}),
      fc.array(keys),
      versions,
      (batches, more, version) => {
        const model: Model = new Map();
        const store = memorySource();
        let kept = Trie.empty(hash);
        let stored = Trie.empty(hash, store);
        const history: [Trie, Change[]][] = [];
        for (const batch of batches) {
          applyToModel(model, batch);
          const expected = bytesToHex(trieRoot(hash, sorted(model), version));
          kept = kept.update(batch, version);
          stored = stored.update(batch, version);
          assert.equal(bytesToHex(kept.root()), expected);
          assert.equal(bytesToHex(stored.root()), expected);
          const fresh = stored.collect(store.placing);
          store.add(fresh);
          const again = stored.collect(store.placing);
          assert.deepEqual(again, {nodes: [], values: [], root: fresh.root});
          const probes = [...more, ...batch.map(([key]) => key)];
          assertSame(kept, model, probes);
          assertSame(Trie.open(hash, store, stored.root(), fresh.root), model, probes);
          stored.shed(model.size & 7);
          assertSame(stored, model, probes);
          const copy = memorySource();
          const all = stored.snapshot(copy.placing);
          copy.add(all);
          assertSame(Trie.open(hash, copy, stored.root(), all.root), model, probes);
          history.push([kept, sorted(model)]);
        }
        for (const [version_, entries] of history)
          assert.deepEqual([...version_.entries()], entries);
      },
    ),
    {numRuns: 300},
  );
});

test("a change that changes nothing gives the same version back", () => {
  fc.assert(
    fc.property(changes, fc.array(keys), versions, (batch, absent, version) => {
      const trie = Trie.empty(hash).update(batch, version);
      const noop = new Map<BinaryString, Uint8Array | undefined>();
      for (const key of absent) noop.set(key, trie.get(key));
      for (const [key] of batch) noop.set(key, trie.get(key));
      assert.equal(trie.update(sorted(noop), version), trie);
    }),
  );
});

test("rival versions on one base keep apart", () => {
  fc.assert(
    fc.property(changes, changes, changes, versions, (base, left, right, version) => {
      const model: Model = new Map();
      applyToModel(model, base);
      const trie = Trie.empty(hash).update(base, version);
      trie.root();
      for (const batch of [left, right]) {
        const rival: Model = new Map(model);
        applyToModel(rival, batch);
        assertSame(
          trie.update(batch, version),
          rival,
          batch.map(([key]) => key),
        );
      }
      assertSame(trie, model, []);
    }),
  );
});

test("a proof gives the values it was made for, present or absent", () => {
  fc.assert(
    fc.property(changes, fc.array(keys), versions, (batch, asked, version) => {
      const trie = Trie.empty(hash).update(batch, version);
      const proof = trie.prove(asked);
      const hashes = new Set(proof.map(item => bytesToHex(hash(item))));
      assert.equal(hashes.size, proof.length);
      const checked = verifyProof(hash, trie.root(), proof, asked);
      assert.ok(checked.ok);
      for (const key of asked) assert.deepEqual(checked.value.get(key), trie.get(key));
    }),
  );
});

test("without any one of its items a proof no longer covers its keys", () => {
  fc.assert(
    fc.property(changes, fc.array(keys, {minLength: 1}), versions, (batch, asked, version) => {
      const trie = Trie.empty(hash).update(batch, version);
      const proof = trie.prove(asked);
      for (let i = 0; i < proof.length; i++) {
        if (proof[i]!.length === 1) continue;
        const less = proof.filter((_, index) => index !== i);
        assert.equal(verifyProof(hash, trie.root(), less, asked).ok, false);
      }
    }),
  );
});

test("a proof with spoilt bytes proves nothing false and crashes nothing", () => {
  fc.assert(
    fc.property(changes, keys, versions, hostileNoise, (batch, key, version, noise) => {
      const trie = Trie.empty(hash).update(batch, version);
      const proof = trie.prove([key]).map(item => item.slice());
      const victim = proof[noise.at % proof.length]!;
      victim[noise.at % victim.length]! ^= noise.xor;
      const checked = verifyProof(hash, trie.root(), proof, [key]);
      if (checked.ok) assert.deepEqual(checked.value.get(key), trie.get(key));
      // The same bytes taken for the root: a well-formed node of foreign content, or a coded failure.
      const foreign = verifyProof(hash, hash(victim), [victim], [key]);
      if (!foreign.ok) assert.match(foreign.error.code, /^(node|value)-(missing|malformed)$/);
    }),
    {numRuns: 500},
  );
});

test("next keys can be read through a proof of the key and of its successor", () => {
  fc.assert(
    fc.property(changes, keys, versions, (batch, key, version) => {
      const trie = Trie.empty(hash).update(batch, version);
      const next = trie.nextKey(key);
      const proof = trie.prove(next === undefined ? [key] : [key, next]);
      assert.equal(openProof(hash, trie.root(), proof).nextKey(key), next);
    }),
  );
});
