import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, describe, test} from "node:test";
import fc from "fast-check";
import {type BinaryString, unwrap} from "#base";
import {type KeyValueStore, LONGEST_KEY, type Write} from "./key-value-store.ts";
import {openLmdbStore} from "./lmdb-store.ts";
import {MemoryStore} from "./memory-store.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-store.dotted-"));
after(() => rmSync(folder, {recursive: true}));
let opened = 0;

const backEnds: Record<string, () => KeyValueStore> = {
  memory: () => new MemoryStore(),
  lmdb: () => unwrap(openLmdbStore(join(folder, `database.${opened++}`))),
};

const one = Uint8Array.of(1);

for (const [name, open] of Object.entries(backEnds)) {
  describe(name, () => {
    test("what was written is read, what was removed is not", async () => {
      const store = open();
      await store.write([
        ["a", one],
        ["b", new Uint8Array(0)],
        ["\x00\xff", new Uint8Array(100_000).fill(7)],
      ]);
      assert.deepEqual(store.get("a"), one);
      assert.deepEqual(store.get("b"), new Uint8Array(0));
      assert.deepEqual(store.get("\x00\xff"), new Uint8Array(100_000).fill(7));
      assert.equal(store.get("c"), undefined);
      await store.write([
        ["a", undefined],
        ["never", undefined],
      ]);
      assert.equal(store.get("a"), undefined);
      await store.close();
    });

    test("so it is for kinds of keys that have their own trees", async () => {
      const store = open();
      const kinds = ["c", "h", "w", "x"];
      await store.write(kinds.map(kind => [`${kind}1`, one]));
      await store.write(kinds.map(kind => [`${kind}2`, one]));
      await store.write(kinds.map(kind => [`${kind}1`, undefined]));
      for (const kind of kinds) assert.equal(store.get(`${kind}1`), undefined);
      assert.deepEqual(
        [...store.range({from: ""})].map(([key]) => key),
        kinds.map(kind => `${kind}2`),
      );
      await store.close();
    });

    test("a write is read at once when acknowledged, also in a turn that read before", async () => {
      const store = open();
      for (let i = 0; i < 20; i++) {
        const key = `k${i}`;
        assert.equal(store.get(key), undefined);
        await store.write([[key, one]]);
        assert.deepEqual(store.get(key), one);
      }
      await store.close();
    });

    test("what was read stays as it was", async () => {
      const store = open();
      await store.write([
        ["a", one],
        ["b", Uint8Array.of(2)],
      ]);
      const first = store.get("a");
      store.get("b");
      await store.write([["a", Uint8Array.of(3)]]);
      assert.deepEqual(first, one);
      await store.close();
    });

    test("the longest key is kept", async () => {
      const store = open();
      const key = "\xfe".repeat(LONGEST_KEY);
      await store.write([[key, one]]);
      assert.deepEqual(store.get(key), one);
      await store.close();
    });

    test("writes given without waiting come in their order", async () => {
      const store = open();
      const writes = [1, 2, 3, 4].map(i => store.write([["k", Uint8Array.of(i)]]));
      await Promise.all(writes);
      assert.deepEqual(store.get("k"), Uint8Array.of(4));
      await store.close();
    });

    test("batches and ranges are those of a sorted map", async () => {
      const keys = fc
        .array(fc.constantFrom("\x00", "a", "\xff"), {minLength: 1, maxLength: 3})
        .map(parts => parts.join(""));
      const values = fc.option(fc.uint8Array({maxLength: 3}), {nil: undefined});
      const batches = fc.array(fc.array(fc.tuple(keys, values), {maxLength: 6}), {maxLength: 4});
      await fc.assert(
        fc.asyncProperty(batches, keys, keys, async (writes, from, to) => {
          const store = open();
          const model = new Map<BinaryString, Uint8Array>();
          for (const batch of writes) {
            await store.write(batch);
            for (const write of batch) applyToModel(model, write);
          }
          const sorted = [...model].sort((a, b) => (a[0] < b[0] ? -1 : 1));
          assert.deepEqual([...store.range({from: ""})], sorted);
          const within = sorted.filter(([key]) => key >= from && key < to);
          assert.deepEqual([...store.range({from, to})], within);
          await store.close();
        }),
        {numRuns: 15},
      );
    });
  });
}

function applyToModel(model: Map<BinaryString, Uint8Array>, [key, value]: Write): void {
  if (value === undefined) model.delete(key);
  else model.set(key, value);
}

test("lmdb keeps what it acknowledged over closing and opening", async () => {
  const directory = join(folder, "kept");
  const first = unwrap(openLmdbStore(directory));
  await first.write([["a", one]]);
  await first.close();
  const second = unwrap(openLmdbStore(directory));
  assert.deepEqual(second.get("a"), one);
  await second.close();
});
