import assert from "node:assert/strict";
import {test} from "node:test";
import {table} from "./table.ts";

const KEY = `0x${"ab".repeat(32)}`;
const ADDRESS = "43tXcmhJfmvbczKaPKgWXirf3a9r6zD63KAxHq4CTSPm4DRf";
const ROWS = [
  ["active now", KEY, "yes"],
  ["registered", `${ADDRESS} (this node)`, "NO"],
];
const HEAD = ["when", "on the chain", "held"];

test("a table that fits, and one in a file, has its keys whole", () => {
  for (const columns of [undefined, 120]) {
    const [, first = "", second = ""] = table(HEAD, ROWS, {columns});
    assert.ok(first.includes(KEY));
    assert.ok(second.includes(ADDRESS));
  }
});

test("on a screen that is too narrow keys and addresses are shortened, and the columns stand", () => {
  const lines = table(HEAD, ROWS, {columns: 60});
  assert.deepEqual(lines, [
    "when        on the chain                 held",
    "active now  0xababab…ababab              yes",
    "registered  43tXcmhJ…Pm4DRf (this node)  NO",
  ]);
});
