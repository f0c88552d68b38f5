import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, VirtualClock} from "#base";
import {createProcessBudgets} from "../budgets/index.ts";
import {Turn} from "../budgets/turn.ts";
import {MOST_VALUES} from "../json-rpc/message-shape.ts";
import {readMessage} from "./read-message.ts";

const LONG = 70_000;

async function read(text: string): Promise<unknown> {
  const budgets = createProcessBudgets();
  const clock = new VirtualClock(millis(0));
  const turn = new Turn(clock, budgets.thread, {});
  const message = await readMessage(Buffer.from(text), {budgets, turn, clock});
  return "refused" in message ? message.refused.code : message.json;
}

const PARSE_ERROR = -32_700;

test("long messages are read as short ones are", async () => {
  const property = fc.asyncProperty(
    fc.jsonValue({maxDepth: 5}),
    fc.string({unit: "binary"}),
    async (value, text) => {
      const message = [value, text, `${text}\\"[[[`.repeat(LONG / 4)];
      assert.deepEqual(await read(JSON.stringify(message)), JSON.parse(JSON.stringify(message)));
    },
  );
  await fc.assert(property, {numRuns: 20});
  assert.equal(await read(`${"[1,".repeat(LONG)}`), PARSE_ERROR);
  assert.equal(await read(`["${"x".repeat(LONG)}`), PARSE_ERROR);
  assert.equal(await read("nothing"), PARSE_ERROR);
});

test("long messages that go deep are refused, brackets in texts and beside each other are not deep", async () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const padded = (inner: string) => `{"a":${inner},"b":"${"x".repeat(LONG)}"}`;
  assert.notEqual(await read(padded(nested(127))), PARSE_ERROR);
  assert.equal(await read(padded(nested(128))), PARSE_ERROR);
  assert.equal(await read(nested(5_000_000)), PARSE_ERROR);
  assert.notEqual(
    await read(`[${nested(100)},"${'[\\"{'.repeat(LONG)}",${nested(100)}]`),
    PARSE_ERROR,
  );
});

test("a long message of more values than anybody asks for is refused before it is parsed", async () => {
  const list = (count: number) => `[${"1,".repeat(count - 2)}1]`;
  assert.ok(Array.isArray(await read(list(MOST_VALUES))));
  assert.equal(await read(list(MOST_VALUES + 1)), -32_007);
  assert.equal(await read(`[${"{},".repeat(4_000_000)}1]`), -32_007);
});

test("one large message is parsed at a time, and other clients have their turns meanwhile", async () => {
  const budgets = createProcessBudgets();
  const clock = new VirtualClock(millis(0));
  const turn = () => new Turn(clock, budgets.thread, {});
  const order: string[] = [];
  const large = Buffer.from(`["${"x".repeat(3_000_000)}"]`);
  const readings = ["a", "b", "c"].map(async name => {
    await readMessage(large, {budgets, turn: turn(), clock});
    order.push(name);
  });
  const other = turn();
  while (!order.includes("c")) {
    await other.next();
    order.push("other");
  }
  await Promise.all(readings);
  const between = order.lastIndexOf("c") - order.indexOf("a") - 1;
  assert.ok(between >= 3, order.join());
});
