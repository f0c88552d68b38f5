import assert from "node:assert/strict";
import {test} from "node:test";
import {CompositionCount} from "./composition.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";

const hash = (byte: number) => new Uint8Array(32).fill(byte);

test("every entry is counted once under its kind, however many steps it takes", async () => {
  const store = new MemoryStore();
  const nodes = Array.from({length: 2_500}, (_, i) => [keys.node(i), new Uint8Array(10)] as const);
  await store.write([
    ...nodes,
    [keys.block(hash(1)), new Uint8Array(100)],
    [keys.body(hash(1)), new Uint8Array(7)],
    [keys.height(1), hash(1)],
    [keys.meta("best"), hash(1)],
  ]);
  const count = new CompositionCount(store);
  let steps = 1;
  while (!count.step()) steps++;
  assert.equal(steps, 3);
  assert.deepEqual(count.kinds(), [
    {kind: "state nodes", entries: 2_500, bytes: 2_500 * (7 + 10)},
    {kind: "headers", entries: 1, bytes: 133},
    {kind: "extrinsics", entries: 1, bytes: 40},
    {kind: "heights", entries: 1, bytes: 37},
    {kind: "the node's own", entries: 1, bytes: 37},
  ]);
});

test("every kind of key that there is has a name", async () => {
  const store = new MemoryStore();
  const samples = [
    keys.block(hash(1)),
    keys.body(hash(1)),
    keys.justifications(hash(1)),
    keys.height(1),
    keys.hashesOfChunk(1),
    keys.canonical(1),
    keys.node(1),
    keys.value(1),
    keys.valueByHash("key", hash(1)),
    keys.childTrieByRoot("name", hash(1)),
    keys.rows(1),
    keys.fence("key"),
    keys.runtime(hash(1)),
    keys.runtimeUntil(1),
    keys.runtimeOfFork(hash(1)),
    keys.meta("best"),
  ];
  assert.equal(samples.length, Object.keys(keys).length);
  await store.write(samples.map(key => [key, hash(2)]));
  const count = new CompositionCount(store);
  assert.equal(count.step(), true);
  assert.equal(
    count.kinds().reduce((sum, {entries}) => sum + entries, 0),
    samples.length,
  );
});
