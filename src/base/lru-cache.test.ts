import assert from "node:assert/strict";
import {test} from "node:test";
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import fc from "fast-check";
import {LruCache} from "./lru-cache.ts";

type Step = readonly ["get" | "peek" | "set" | "delete" | "clear", number];

/** The same by a list, newest last. */
class Model {
  entries: [number, number][] = [];
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  find(key: number): number | undefined {
    return this.entries.find(([known]) => known === key)?.[1];
  }

  remove(key: number): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter(([known]) => known !== key);
    return this.entries.length < before;
  }

  set(key: number, value: number): void {
    this.remove(key);
    this.entries.push([key, value]);
    if (this.entries.length > this.capacity) this.entries.shift();
  }

  get(key: number): number | undefined {
    const value = this.find(key);
    if (value === undefined) return undefined;
    this.remove(key);
    this.entries.push([key, value]);
    return value;
  }
}

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof(
    {weight: 8, arbitrary: fc.constant("set" as const)},
    {weight: 6, arbitrary: fc.constant("get" as const)},
    {weight: 2, arbitrary: fc.constant("peek" as const)},
    {weight: 3, arbitrary: fc.constant("delete" as const)},
    {weight: 1, arbitrary: fc.constant("clear" as const)},
  ),
  fc.nat(24),
);

test("what was used longest ago is forgotten first, whatever is asked, added and removed", () => {
  const capacities = fc.integer({min: 0, max: 12});
  fc.assert(
    fc.property(capacities, fc.array(step, {maxLength: 200, size: "max"}), (capacity, steps) => {
      const cache = new LruCache<number, number>(capacity);
      const model = new Model(capacity);
      steps.forEach(([what, key], i) => {
        if (what === "set") {
          cache.set(key, i);
          model.set(key, i);
        } else if (what === "get") assert.equal(cache.get(key), model.get(key));
        else if (what === "peek") assert.equal(cache.peek(key), model.find(key));
        else if (what === "delete") assert.equal(cache.delete(key), model.remove(key));
        else {
          cache.clear();
          model.entries = [];
        }
        assert.equal(cache.size, model.entries.length);
        for (let known = 0; known <= 24; known++) {
          assert.equal(cache.peek(known), model.find(known));
          assert.equal(cache.has(known), model.find(known) !== undefined);
        }
      });
    }),
  );
});

test("what was forgotten or cleared is held by nothing, nor what was deleted once as many hits came as fit", async () => {
  const gc = await garbageCollector();
  const cache = new LruCache<number, object>(8);
  const references = Array.from({length: 16}, (_, key) => {
    const value = {key};
    cache.set(key, value);
    return new WeakRef(value);
  });
  for (let hit = 0; hit < 1_000; hit++) cache.get(8 + (hit % 8));
  const held = async () => {
    // What a reference was asked for stays until the turn has ended.
    await new Promise(resolve => setImmediate(resolve));
    gc();
    return references.filter(reference => reference.deref() !== undefined).length;
  };
  assert.equal(await held(), 8);
  for (let key = 8; key < 12; key++) cache.delete(key);
  for (let hit = 0; hit < 1_000; hit++) cache.get(12 + (hit % 4));
  assert.equal(await held(), 4);
  cache.clear();
  assert.equal(await held(), 0);
});

test("a million hits of a cache that was full once take no room", async () => {
  const gc = await garbageCollector();
  const cache = new LruCache<number, number>(1_000);
  for (let key = 0; key <= 1_000; key++) cache.set(key, key);
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let hit = 0; hit < 1_000_000; hit++) cache.get(1 + (hit % 1_000));
  gc();
  const grown = process.memoryUsage().heapUsed - before;
  // By tables that nobody uses any more it would be fifty megabytes.
  assert.ok(grown < 2_000_000, `${grown} bytes`);
  // What is not used any more would be collected with all that it holds.
  assert.equal(cache.size, 1_000);
});

async function garbageCollector(): Promise<() => void> {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
