import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import type {BinaryString} from "#base";
import {CheckedRows} from "./checked-rows.ts";
import {StoreFault} from "./failures.ts";
import {keys} from "./keys.ts";
import {MemoryStore} from "./memory-store.ts";

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const isDamage = (error: unknown) =>
  error instanceof StoreFault && error.code === "database-corrupt";

let below: MemoryStore;
let rows: CheckedRows;

beforeEach(() => {
  below = new MemoryStore();
  rows = new CheckedRows(below);
});

test("a row is what was written, alone and in a range", async () => {
  await rows.write([
    [keys.block(hash(1)), hash(9)],
    [keys.body(hash(2)), new Uint8Array(0)],
    [keys.node(3), hash(3)],
  ]);
  assert.deepEqual(rows.get(keys.block(hash(1))), hash(9));
  assert.deepEqual(rows.get(keys.body(hash(2))), new Uint8Array(0));
  const all = [...rows.range({from: ""})];
  assert.deepEqual(all, [
    [keys.block(hash(1)), hash(9)],
    [keys.body(hash(2)), new Uint8Array(0)],
    [keys.node(3), hash(3)],
  ]);
});

for (const key of [keys.block(hash(1)), keys.canonical(7), keys.meta("best")]) {
  test(`any byte of the row ${key[0]} that changes is damage`, async () => {
    await rows.write([[key, hash(9)]]);
    const row = below.get(key)!;
    for (let at = 0; at < row.length; at++) {
      const changed = row.slice();
      changed[at]! ^= 16;
      await below.write([[key, changed]]);
      assert.throws(() => rows.get(key), isDamage);
      assert.throws(() => [...rows.range({from: key})], isDamage);
    }
    await below.write([[key, row.subarray(0, 3)]]);
    assert.throws(() => rows.get(key), isDamage);
  });
}

test("a row that stands under the key of another is damage", async () => {
  await rows.write([[keys.canonical(1), hash(1)]]);
  await below.write([[keys.canonical(2), below.get(keys.canonical(1))!]]);
  assert.throws(() => rows.get(keys.canonical(2)), isDamage);
});

test("a value of the node's own that was written and is not found is damage, also to who opens it later", async () => {
  const lost = keys.meta("own:votes");
  await rows.write([
    [lost, hash(1)],
    [keys.meta("best"), hash(2)],
  ]);
  await below.write([[lost, undefined]]);
  for (const store of [rows, new CheckedRows(below)]) {
    assert.throws(() => store.get(lost), isDamage);
    assert.deepEqual(store.get(keys.meta("best")), hash(2));
    assert.equal(store.get(keys.meta("own:never")), undefined);
  }
});

test("one that was removed is absent, also to who opens it later", async () => {
  const key: BinaryString = keys.meta("own:clock");
  await rows.write([[key, hash(1)]]);
  await rows.write([[key, undefined]]);
  for (const store of [rows, new CheckedRows(below)]) assert.equal(store.get(key), undefined);
});

test("the list of such values that is lost, of a store that has anything, is damage", async () => {
  await rows.write([[keys.meta("best"), hash(2)]]);
  await below.write([[keys.meta("names"), undefined]]);
  assert.throws(() => new CheckedRows(below).get(keys.meta("own:votes")), isDamage);
});
