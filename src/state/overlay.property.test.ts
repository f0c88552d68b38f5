import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import {openProof} from "#trie";
import type {Cleared, StorageKey} from "./externalities.ts";
import {memoryState} from "./memory-state.ts";
import {Overlay} from "./overlay.ts";
import {stateViewOf} from "./state-view.ts";

const hash = createPortableHashing().blake2b256;

type Contents = Map<StorageKey, Uint8Array>;

const keys = fc
  .array(fc.constantFrom("\x00", "a", "\xff"), {maxLength: 3})
  .map(parts => parts.join(""));
/** First bytes that are the count of a short list, or of none (3). */
const values = fc
  .array(fc.constantFrom(0, 4, 12, 3), {maxLength: 3})
  .map(bytes => Uint8Array.from(bytes));
const bases = fc.dictionary(keys, values, {maxKeys: 10}).map(byKey => Object.entries(byKey));
const steps = fc.oneof(
  fc.record({do: fc.constant("set" as const), key: keys, value: values}),
  fc.record({do: fc.constant("remove" as const), key: keys}),
  fc.record({
    do: fc.constant("append" as const),
    key: keys,
    item: fc.uint8Array({minLength: 1, maxLength: 1}),
  }),
  fc.record({
    do: fc.constant("clear" as const),
    prefix: keys,
    limit: fc.option(fc.nat(3), {nil: undefined}),
  }),
  fc.record({do: fc.constantFrom("begin", "begin", "commit", "rollback", "look")}),
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** A list of one-byte items is its length prefix and the items, so the naive append is short. */
function appended(before: Uint8Array | undefined, item: Uint8Array): Uint8Array {
  const isList = before?.[0] !== undefined && (before[0] & 3) === 0;
  if (!isList) return concatBytes(Uint8Array.of(4), item);
  return concatBytes(Uint8Array.of(before[0]! + 4), before.subarray(1), item);
}

/** Upstream's rule: what was written goes uncounted, then keys of the state below by number. */
class Model {
  layers: Contents[];
  /** Keys with a write, removals too, of each transaction and those around it. */
  written: Set<StorageKey>[] = [new Set()];
  readonly base: Contents;
  constructor(base: Contents) {
    this.base = base;
    this.layers = [new Map(base)];
  }
  get top(): Contents {
    return this.layers.at(-1)!;
  }
  set(key: StorageKey, value: Uint8Array): void {
    this.top.set(key, value);
    this.written.at(-1)!.add(key);
  }
  remove(key: StorageKey): void {
    this.top.delete(key);
    this.written.at(-1)!.add(key);
  }
  begin(): void {
    this.layers.push(new Map(this.top));
    this.written.push(new Set(this.written.at(-1)!));
  }
  commit(): void {
    this.layers.splice(-2, 1);
    this.written.splice(-2, 1);
  }
  rollback(): void {
    this.layers.pop();
    this.written.pop();
  }
  sorted(): [StorageKey, Uint8Array][] {
    return [...this.top].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }
  clear(prefix: StorageKey, limit = 1_000): Cleared {
    if (prefix === "") return {loops: 0, backend: 0, unique: 0, remaining: false};
    const written = this.written.at(-1)!;
    const fresh = [...this.top.keys()].filter(key => key.startsWith(prefix) && written.has(key));
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

function take(step: Step, model: Model, overlay: Overlay): void {
  switch (step.do) {
    case "set":
      model.set(step.key, step.value);
      overlay.set(step.key, step.value);
      return;
    case "remove":
      model.remove(step.key);
      overlay.remove(step.key);
      return;
    case "append":
      // The first byte is the compact count of the model: counts of 64 and more are tested by themselves.
      if ((model.top.get(step.key)?.[0] ?? 0) >= 252) return;
      model.set(step.key, appended(model.top.get(step.key), step.item));
      overlay.append(step.key, step.item);
      return;
    case "clear":
      assert.deepEqual(
        overlay.clearPrefix(step.prefix, step.limit),
        model.clear(step.prefix, step.limit),
      );
      return;
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
    default:
      assertSame(model, overlay);
  }
}

function assertSame(model: Model, overlay: Overlay): void {
  const expected = model.sorted();
  const found: [StorageKey, Uint8Array | undefined][] = [];
  let key = overlay.has("") ? "" : overlay.nextKey("");
  for (; key !== undefined; key = overlay.nextKey(key)) found.push([key, overlay.get(key)]);
  assert.deepEqual(found, expected);
}

test("an overlay with transactions behaves like copies of a map", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 60}), (base, sequence) => {
      const state = memoryState(base, hash);
      const model = new Model(new Map(base));
      const overlay = new Overlay(state);
      for (const step of sequence) take(step, model, overlay);
      while (overlay.depth > 0) take({do: "commit"}, model, overlay);
      assertSame(model, overlay);
      const expected = memoryState(model.top, hash).trie.root();
      assert.equal(bytesToHex(overlay.root(0)), bytesToHex(expected));
      assert.deepEqual([...overlay.outcome(0).trie.entries()], model.sorted());
      assert.deepEqual([...state.trie.entries()], [...new Model(new Map(base)).sorted()]);
    }),
    {numRuns: 1_000},
  );
});

test("what the read hook names is what it takes to read the same again", () => {
  fc.assert(
    fc.property(bases, fc.array(steps, {maxLength: 20}), (base, sequence) => {
      const state = memoryState(base, hash);
      const read = new Set<StorageKey>();
      const first = new Overlay(state, {onRead: key => read.add(key)});
      const model = new Model(new Map(base));
      for (const step of sequence) take(step, model, first);
      const proven = openProof(hash, state.trie.root(), state.trie.prove(read));
      const second = new Overlay(stateViewOf(proven));
      const again = new Model(new Map(base));
      for (const step of sequence) take(step, again, second);
    }),
  );
});
