import assert from "node:assert/strict";
import fc from "fast-check";
import {bytesToHex, concatBytes} from "#base";
import {createPortableHashing} from "#crypto";
import type {ChildName, Cleared, Externalities, StorageKey} from "./externalities.ts";
import {memoryState} from "./memory-state.ts";
import type {TrieState} from "./trie-state.ts";

export const hash = createPortableHashing().blake2b256;

export type Contents = Map<StorageKey, Uint8Array>;
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
export const bases = fc.record({
  top: contents,
  children: fc
    .dictionary(fc.constantFrom("x", "y"), contents)
    .map(byName => Object.entries(byName)),
});
const where = fc.constantFrom<Where[]>(undefined, undefined, "x", "y", "z");
const limits = fc.option(fc.nat(3), {nil: undefined});
export const steps = fc.oneof(
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
export type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;
export type Base = typeof bases extends fc.Arbitrary<infer B> ? B : never;

/** A list of one-byte items is its length prefix and the items, so the naive append is short. */
function appended(before: Uint8Array | undefined, item: Uint8Array): Uint8Array {
  const isList = before?.[0] !== undefined && (before[0] & 3) === 0;
  if (!isList) return concatBytes(Uint8Array.of(4), item);
  return concatBytes(Uint8Array.of(before[0]! + 4), before.subarray(1), item);
}

export const inOrder = (of: Contents): [StorageKey, Uint8Array][] =>
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

export class Model {
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

export function take(step: Step, model: Model, state: Externalities): void {
  switch (step.do) {
    case "set":
      model.trie(step.where).set(step.key, step.value);
      trieOf(state, step.where).set(step.key, step.value);
      return;
    case "remove":
      model.trie(step.where).remove(step.key);
      trieOf(state, step.where).remove(step.key);
      return;
    case "append": {
      const top = model.trie(undefined);
      // The first byte is the compact count of the model: counts of 64 and more are tested by themselves.
      if ((top.now.get(step.key)?.[0] ?? 0) >= 252) return;
      top.set(step.key, appended(top.now.get(step.key), step.item));
      state.append(step.key, step.item);
      return;
    }
    case "clear": {
      if (step.where === undefined && step.prefix === "") return;
      const cleared = trieOf(state, step.where).clearPrefix(step.prefix, step.limit);
      assert.deepEqual(cleared, model.trie(step.where).clear(step.prefix, step.limit));
      return;
    }
    case "kill": {
      const cleared = state.child(step.name).kill(step.limit);
      assert.deepEqual(cleared, model.trie(step.name).clear("", step.limit));
      return;
    }
    case "begin":
      model.begin();
      state.begin();
      return;
    case "commit":
      if (state.depth === 0) return;
      model.commit();
      state.commit();
      return;
    case "rollback":
      if (state.depth === 0) return;
      model.rollback();
      state.rollback();
      return;
    case "root": {
      const expected = model.state();
      assert.equal(bytesToHex(state.root(0)), bytesToHex(expected.root()));
      const root = state.child("x").root(0);
      assert.equal(bytesToHex(root), bytesToHex(expected.child("x").root()));
      return;
    }
    default:
      assertSame(model, state);
  }
}

const trieOf = (state: Externalities, name: Where) =>
  name === undefined ? state : state.child(name);

export function assertSame(model: Model, state: Externalities): void {
  for (const name of [undefined, "x", "y", "z"]) {
    const trie = trieOf(state, name);
    const found: [StorageKey, Uint8Array | undefined][] = [];
    let key = trie.has("") ? "" : trie.nextKey("");
    for (; key !== undefined; key = trie.nextKey(key)) {
      if (!key.startsWith(":child_storage:")) found.push([key, trie.get(key)]);
    }
    assert.deepEqual(found, inOrder(model.trie(name).now));
  }
}

export const stateOf = ({top, children}: Base) => memoryState(top, hash, 0, children);
