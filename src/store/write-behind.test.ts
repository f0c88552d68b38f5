import assert from "node:assert/strict";
import {test} from "node:test";
import {StoreFault} from "./failures.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {MemoryStore} from "./memory-store.ts";
import {WriteBehind} from "./write-behind.ts";

/** A store on which each write waits to be let through, or failed. */
class GatedStore extends MemoryStore implements KeyValueStore {
  batches: (readonly Write[])[] = [];
  #gates: {open: () => void; fail: (error: Error) => void}[] = [];

  override async write(batch: readonly Write[]): Promise<void> {
    this.batches.push(batch);
    await new Promise<void>((open, fail) => this.#gates.push({open, fail}));
    await super.write(batch);
  }

  async letThrough(): Promise<void> {
    while (this.#gates.length === 0) await turn();
    this.#gates.shift()!.open();
    await turn();
  }

  async fail(error: Error): Promise<void> {
    while (this.#gates.length === 0) await turn();
    this.#gates.shift()!.fail(error);
    await turn();
  }
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const bytes = (value: number) => Uint8Array.of(value);

test("writes are read before they are on disk, and after", async () => {
  const store = new GatedStore();
  const writer = new WriteBehind(store);
  writer.add([["a", bytes(1)]]);
  assert.deepEqual(writer.get("a"), bytes(1));
  assert.equal(store.get("a"), undefined);
  await store.letThrough();
  assert.deepEqual(writer.get("a"), bytes(1));
  writer.add([["a", undefined]]);
  assert.equal(writer.get("a"), undefined);
  await store.letThrough();
  assert.equal(writer.get("a"), undefined);
});

test("steps that come while one is written share the next transaction, each key once", async () => {
  const store = new GatedStore();
  const writer = new WriteBehind(store);
  writer.add([["a", bytes(1)]]);
  await turn();
  for (let i = 2; i < 6; i++)
    writer.add([
      ["a", bytes(i)],
      [`k${i}`, bytes(i)],
    ]);
  await store.letThrough();
  await store.letThrough();
  await writer.flushed();
  assert.deepEqual(
    store.batches.map(batch => batch.length),
    [1, 5],
  );
  assert.deepEqual(store.get("a"), bytes(5));
});

test("waiting for a step ends with its transaction, not with a later one", async () => {
  const store = new GatedStore();
  const writer = new WriteBehind(store);
  const first = writer.add([["a", bytes(1)]]);
  await turn();
  const second = writer.add([["b", bytes(2)]]);
  let isSecondDone = false;
  const secondDone = writer.flushed(second).then(() => {
    isSecondDone = true;
  });
  await store.letThrough();
  await writer.flushed(first);
  assert.equal(isSecondDone, false);
  await store.letThrough();
  await secondDone;
});

test("an empty step is nothing to wait for", async () => {
  const writer = new WriteBehind(new MemoryStore());
  await writer.flushed(writer.add([]));
});

test("room is had again when the disk has caught up", async () => {
  const store = new GatedStore();
  const writer = new WriteBehind(store, {maxPendingBytes: 1_000});
  await writer.room();
  writer.add([["a", new Uint8Array(2_000)]]);
  let hasRoom = false;
  const room = writer.room().then(() => {
    hasRoom = true;
  });
  await turn();
  assert.equal(hasRoom, false);
  await store.letThrough();
  await room;
});

test("after a failed write nothing more is taken, and everyone who waits is told", async () => {
  const store = new GatedStore();
  const writer = new WriteBehind(store, {maxPendingBytes: 1});
  writer.add([["a", bytes(1)]]);
  const isFault = (error: unknown) =>
    error instanceof StoreFault && error.code === "database-full" && error.cause === undefined;
  const told = [writer.flushed(), writer.room()].map(waiting => assert.rejects(waiting, isFault));
  await store.fail(new StoreFault("database-full", "no space"));
  await Promise.all(told);
  assert.throws(() => writer.add([["b", bytes(1)]]), isFault);
  await assert.rejects(writer.flushed(), isFault);
  await writer.close();
});
