import assert from "node:assert/strict";
import {test} from "node:test";
import type {Write} from "../key-value-store.ts";
import {heightOfKey, keys} from "../keys.ts";
import {MemoryStore} from "../memory-store.ts";
import type {KeyedRow} from "./row.ts";
import {DAMAGED, type RowRange} from "./row-block.ts";
import {Run} from "./run.ts";
import {StoredRows} from "./stored-rows.ts";

const valueBy = (n: number) => new Uint8Array(30).fill(n);
const rowsOf = (first: string): KeyedRow[] =>
  Array.from({length: 30}, (_, i) => [first + String.fromCharCode(97 + i), valueBy(i)]);
/** What the state has, all of it. */
const ROWS = [...rowsOf("a"), ...rowsOf("b"), ...rowsOf("c")];
const CHANGED = "ab";
const changed = new Map([[CHANGED, valueBy(99)]]);

/** What a state with the change has in a range. */
const stateRows = ({low, high}: RowRange): KeyedRow[] =>
  ROWS.filter(([key]) => key >= low && (high === undefined || key < high)).map(([key, row]) => [
    key,
    changed.get(key) ?? row,
  ]);

async function storeOfThree() {
  const store = new MemoryStore();
  const writer = {
    add(writes: readonly Write[]) {
      void store.write(writes);
      return 1;
    },
    flushed: async () => {},
  };
  const rows = new StoredRows({store, writer}, 0);
  rows.write(
    rows.append([
      {low: "", high: "b", rows: rowsOf("a")},
      {low: "b", high: "c", rows: rowsOf("b")},
      {low: "c", high: undefined, rows: rowsOf("c")},
    ]),
  );
  await null;
  const load = () => {
    const again = new StoredRows({store, writer}, 1 << 20);
    for (const _ of again.load());
    return again;
  };
  return {store, load};
}

const change = (rows: StoredRows) => {
  const run = new Run();
  for (const [key, value] of changed) run.put(key, value);
  rows.write(rows.apply("", run, 10, stateRows).writes);
};

function assertRight(rows: StoredRows): void {
  for (const [key, row] of ROWS) {
    const found = rows.find(key);
    if (found !== DAMAGED) assert.deepEqual(found, changed.get(key) ?? row, key);
  }
  assert.deepEqual(rows.find(CHANGED), valueBy(99));
}

test("a change to a block of which another row is damaged brings no damage into memory, whether it is held or not", async () => {
  for (const isHeld of [false, true]) {
    const {store, load} = await storeOfThree();
    const rows = load();
    while (isHeld && rows.fill(() => assert.fail("all is sound")));
    const row = store.get(keys.rows(0))!.slice();
    row[row.length - 3]! ^= 0xff;
    await store.write([[keys.rows(0), row]]);
    change(rows);
    assertRight(rows);
  }
});

test("a change to a block behind whose end one was lost makes nobody's key absent", async () => {
  const {store, load} = await storeOfThree();
  await store.write([[keys.fence("b"), undefined]]);
  const rows = load();
  assert.equal(rows.find("bc"), DAMAGED);
  change(rows);
  assertRight(rows);
});

test("the number of a block that went is another one's next, also after a start", async () => {
  const {store, load} = await storeOfThree();
  const numbers = () =>
    [...store.range({from: keys.rows(0), to: "g"})].map(([key]) => heightOfKey(key));
  const change = (rows: StoredRows, range: RowRange, put: readonly KeyedRow[]) =>
    rows.write(rows.replace(range, put));
  const one = {low: "b", high: "c"};
  const large = Array.from(
    {length: 200},
    (_, i): KeyedRow => [`b${String(i).padStart(3, "0")}`, valueBy(i)],
  );
  const rows = load();
  change(rows, one, large);
  const most = rows.count;
  assert.ok(most > 4);
  const all = [...numbers()];
  for (let i = 0; i < 5; i++) {
    change(rows, one, rowsOf("b"));
    assert.equal(rows.count, 3);
    if (i === 3) {
      const again = load();
      change(again, one, large);
      assert.deepEqual(numbers(), all);
      change(again, one, rowsOf("b"));
      continue;
    }
    change(rows, one, large);
    assert.deepEqual(numbers(), all);
  }
  for (const [key, row] of large) assert.deepEqual(rows.find(key), row, key);
});
