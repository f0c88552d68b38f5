import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, concatBytes, equalBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {openProof, ProofRecorder} from "#trie";
import type {ChildName, Cleared, StorageKey} from "./externalities.ts";
import {memoryState} from "./memory-state.ts";
import {Overlay} from "./overlay.ts";
import {stateViewOf, type TrieState} from "./trie-state.ts";

const hash = createPortableHashing().blake2b256;

type Contents = Map<StorageKey, Uint8Array>;
/** Undefined: the top trie. */
type Where = ChildName | undefined;

const keys = fc
  .array(fc.constantFrom("\x00", "a", "\xff"), {maxLength: 3})
  .map(parts => parts.join(""));
/** First bytes that are the count of a short list, or of none (3). */
const values = fc
  .array(fc.constantFrom(0, 4, 12, 3), {maxLength: 3})
  .map(bytes => Uint8Array.from(bytes));
const contents = fc.dictionary(keys, values, {maxKeys: 10}).map(byKey => Object.entries(byKey));
const bases = fc.record({
  top: contents,
  children: fc
    .dictionary(fc.constantFrom("x", "y"), contents)
    .map(byName => Object.entries(byName)),
});
const where = fc.constantFrom<Where[]>(undefined, undefined, "x", "y", "z");
const limits = fc.option(fc.nat(3), {nil: undefined});
const steps = fc.oneof(
  fc.record({do: fc.constant("set" as const), where, key: keys, value: values}),
  fc.record({do: fc.constant("remove" as const), where, key: keys}),
  fc.record({
    do: fc.constant("append" as const),
    key: keys,
    item: fc.uint8Array({minLength: 1, maxLength: 1}),
  }),
  fc.record({do: fc.constant("clear" as const), where, prefix: keys, limit: limits}),
  fc.record({do: fc.constant("kill" as const), name: fc.constantFrom("x", "y"), limit: limits}),
  fc.record({do: fc.constantFrom("begin", "begin", "commit", "rollback", "look", "root")}),
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;
type Base = typeof bases extends fc.Arbitrary<infer B> ? B : never;

/** A list of one-byte items is its length prefix and the items, so the naive append is short. */
function appended(before: Uint8Array | undefined, item: Uint8Array): Uint8Array {
  const isList = before?.[0] !== undefined && (before[0] & 3) === 0;
  if (!isList) return concatBytes(Uint8Array.of(4), item);
  return concatBytes(Uint8Array.of(before[0]! + 4), before.subarray(1), item);
}

const inOrder = (of: Contents): [StorageKey, Uint8Array][] =>
  [...of].sort((a, b) => (a[0] < b[0] ? -1 : 1));

/** One trie by copies of a map; upstream's rule of clearing: what was written goes uncounted, then the keys below. */
class ModelTrie {
  readonly base: Contents;
  readonly now: Contents;
  /** Keys with a write, removals too. */
  readonly written: Set<StorageKey>;
  constructor(base: Contents, now = new Map(base), written = new Set<StorageKey>()) {
    this.base = base;
    this.now = now;
    this.written = written;
  }
  copy(): ModelTrie {
    return new ModelTrie(this.base, new Map(this.now), new Set(this.written));
  }
  set(key: StorageKey, value: Uint8Array): void {
    this.now.set(key, value);
    this.written.add(key);
  }
  remove(key: StorageKey): void {
    this.now.delete(key);
    this.written.add(key);
  }
  clear(prefix: StorageKey, limit = 1_000): Cleared {
    const {written} = this;
    const fresh = [...this.now.keys()].filter(key => key.startsWith(prefix) && written.has(key));
    const below = [...this.base.keys()].filter(key => key.startsWith(prefix)).sort();
    const looped = below.slice(0, limit);
    const gone = looped.filter(key => !written.has(key));
    for (const key of [...fresh, ...looped]) this.remove(key);
    return {
      loops: looped.length,
      backend: gone.length,
      unique: fresh.length + gone.length,
      remaining: looped.length < below.length,
    };
  }
}

class Model {
  layers: Map<Where, ModelTrie>[];
  constructor({top, children}: Base) {
    const tries = new Map<Where, ModelTrie>([[undefined, new ModelTrie(new Map(top))]]);
    for (const [name, entries] of children) tries.set(name, new ModelTrie(new Map(entries)));
    this.layers = [tries];
  }
  trie(name: Where): ModelTrie {
    const tries = this.layers.at(-1)!;
    if (!tries.has(name)) tries.set(name, new ModelTrie(new Map()));
    return tries.get(name)!;
  }
  begin(): void {
    this.layers.push(new Map([...this.layers.at(-1)!].map(([name, trie]) => [name, trie.copy()])));
  }
  commit(): void {
    this.layers.splice(-2, 1);
  }
  rollback(): void {
    this.layers.pop();
  }
  /** The state that it comes to, built from nothing. */
  state(): TrieState {
    const tries = [...this.layers.at(-1)!];
    const children = tries.flatMap(([name, {now}]) =>
      name === undefined || now.size === 0 ? [] : [[name, now] as const],
    );
    return memoryState(this.trie(undefined).now, hash, 0, children);
  }
}

function take(step: Step, model: Model, overlay: Overlay): void {
  switch (step.do) {
    case "set":
      model.trie(step.where).set(step.key, step.value);
      trieOf(overlay, step.where).set(step.key, step.value);
      return;
    case "remove":
      model.trie(step.where).remove(step.key);
      trieOf(overlay, step.where).remove(step.key);
      return;
    case "append": {
      const top = model.trie(undefined);
      // The first byte is the compact count of the model: counts of 64 and more are tested by themselves.
      if ((top.now.get(step.key)?.[0] ?? 0) >= 252) return;
      top.set(step.key, appended(top.now.get(step.key), step.item));
      overlay.append(step.key, step.item);
      return;
    }
    case "clear": {
      if (step.where === undefined && step.prefix === "") return;
      const cleared = trieOf(overlay, step.where).clearPrefix(step.prefix, step.limit);
      assert.deepEqual(cleared, model.trie(step.where).clear(step.prefix, step.limit));
      return;
    }
    case "kill": {
      const cleared = overlay.child(step.name).kill(step.limit);
      assert.deepEqual(cleared, model.trie(step.name).clear("", step.limit));
      return;
    }
    case "begin":
      model.begin();
      overlay.begin();
      return;
    case "commit":
      if (overlay.depth === 0) return;
      model.commit();
      overlay.commit();
      return;
    case "rollback":
      if (overlay.depth === 0) return;
      model.rollback();
      overlay.rollback();
      return;
    case "root": {
      const expected = model.state();
      assert.equal(bytesToHex(overlay.root(0)), bytesToHex(expected.root()));
      const root = overlay.child("x").root(0);
      assert.equal(bytesToHex(root), bytesToHex(expected.child("x").root()));
      return;
    }
    default:
      assertSame(model, overlay);
  }
}

const trieOf = (overlay: Overlay, name: Where) =>
  name === undefined ? overlay : overlay.child(name);

function assertSame(model: Model, overlay: Overlay): void {
  for (const name of [undefined, "x", "y", "z"]) {
    const trie = trieOf(overlay, name);
    const found: [StorageKey, Uint8Array | undefined][] = [];
    let key = trie.has("") ? "" : trie.nextKey("");
    for (; key !== undefined; key = trie.nextKey(key)) {
      if (!key.startsWith(":child_storage:")) found.push([key, trie.get(key)]);
    }
    assert.deepEqual(found, inOrder(model.trie(name).now));
  }
}

const stateOf = ({top, children}: Base) => memoryState(top, hash, 0, children);

test("an overlay with transactions and child tries behaves like copies of maps", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 60}), (base, sequence) => {
      const state = stateOf(base);
      const model = new Model(base);
      const overlay = new Overlay(state);
      for (const step of sequence) take(step, model, overlay);
      while (overlay.depth > 0) take({do: "commit"}, model, overlay);
      assertSame(model, overlay);
      const expected = model.state();
      const outcome = overlay.outcome(0);
      assert.equal(bytesToHex(outcome.root), bytesToHex(expected.root()));
      assert.deepEqual([...outcome.state.entries()], [...expected.entries()]);
      assert.deepEqual([...outcome.state.childNames()], [...expected.childNames()]);
      for (const name of expected.childNames()) {
        const entries = [...outcome.state.child(name).entries()];
        assert.deepEqual(entries, inOrder(model.trie(name).now));
      }
      assert.deepEqual([...state.entries()], [...stateOf(base).entries()]);
    }),
    {numRuns: 1_000},
  );
});

test("what is recorded is what it takes to do the same again, down to the root", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 20}), (base, sequence) => {
      const state = stateOf(base);
      const run = (overlay: Overlay) => {
        const model = new Model(base);
        for (const step of sequence) take(step, model, overlay);
        return overlay.root(0);
      };
      const recorder = new ProofRecorder();
      const root = run(new Overlay(state.recorded(recorder)));
      const proof = recorder.proof();
      const again = run(new Overlay(stateViewOf(openProof(hash, state.root(), proof))));
      assert.ok(equalBytes(root, again));
      assert.ok(equalBytes(root, run(new Overlay(state))));
      assert.equal(
        recorder.size,
        proof.reduce((sum, {length}) => sum + length + (length < 64 ? 1 : 2), 0),
      );
    }),
    {numRuns: 300},
  );
});
