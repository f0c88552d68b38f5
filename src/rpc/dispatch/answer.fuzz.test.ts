import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import type {Logger} from "#base";
import {createProcessBudgets} from "../budgets/index.ts";
import {Connection} from "../context/connection.ts";
import {createRpcContext, type RpcContext} from "../context/rpc-context.ts";
import {methodsFor} from "../methods/index.ts";
import {createTestNode} from "../test-kit/test-node.ts";
import {answer} from "./answer.ts";
import type {Caller} from "./call.ts";
import {createMethodTable} from "./method-table.ts";
import {NO_OBSERVER} from "./observer.ts";
import {Subscriptions} from "./subscriptions.ts";

/** A caller whose logger fails the test: what it logs as an error is an exception of a handler. */
function createCaller(): Caller {
  const {answers, hashing, clock} = createTestNode();
  const logger: Logger = {
    log(_, __, message, fields) {
      throw new Error(message, {cause: fields?.error});
    },
  };
  const budgets = createProcessBudgets();
  const limits = {unsafeAllowed: true, maxResponseBytes: 100_000, budgets};
  const shared = createRpcContext(answers, {
    hashing,
    clock,
    signal: new AbortController().signal,
    logger,
    ...limits,
  });
  const context: RpcContext = {...shared, connection: new Connection(budgets, () => undefined)};
  let id = 0;
  const subscriptions = new Subscriptions({
    limit: 10,
    share: budgets.subscriptions.open(),
    nextId: () => String(id++),
    notify() {},
    room: () => undefined,
  });
  return {
    table: createMethodTable(methodsFor(answers)),
    context,
    budgets,
    maxBatchLength: 10,
    clock,
    turn: shared.turn(),
    observer: NO_OBSERVER,
    logger,
    subscriptions,
  };
}

async function ask(caller: Caller, text: string): Promise<unknown> {
  let reply: string | undefined;
  await answer(Buffer.from(text), caller, answered => {
    reply = answered;
  });
  caller.subscriptions?.closeAll();
  return reply === undefined ? undefined : JSON.parse(reply);
}

/** Runs of a property; each is one message, a few microseconds. */
const RUNS = 2_000;

const hexText = fc
  .uint8Array({maxLength: 40})
  .map(bytes => `0x${Buffer.from(bytes).toString("hex")}`);

/** What a client might send for a parameter: near misses more than noise. */
const parameter = fc.oneof(
  fc.jsonValue(),
  hexText,
  hexText.map(text => text.slice(0, -1)),
  fc.constantFrom("", "0x", "0X00", `0x${"ff".repeat(32)}`, "__proto__", "aura", "//Alice"),
  fc.constantFrom(0, -1, 2 ** 32, 2 ** 53, 1e308, 3),
  fc.array(hexText, {maxLength: 4}),
  fc.constantFrom({hash: "0x"}, {extrinsic: 5}, {count: 2}, {count: 1e9, to: -1}, {to: 3}),
);

test("any parameters to any method get a reply of the right form, and no handler throws", async () => {
  const caller = createCaller();
  const method = fc.constantFrom(...caller.table.names);
  const property = fc.asyncProperty(
    method,
    fc.array(parameter, {maxLength: 5}),
    async (name, params) => {
      const message = JSON.stringify({jsonrpc: "2.0", id: 1, method: name, params});
      const reply = (await ask(caller, message)) as Record<string, unknown>;
      assert.deepEqual([reply.jsonrpc, reply.id], ["2.0", 1]);
      assert.ok("result" in reply !== "error" in reply);
      if ("error" in reply) {
        const {code, message: text} = reply.error as {code: unknown; message: unknown};
        assert.ok(Number.isInteger(code) && typeof text === "string");
        assert.notEqual(code, -32_603);
      }
    },
  );
  await fc.assert(property, {numRuns: RUNS});
});

test("any JSON gets nothing, an error or a list of replies", async () => {
  const caller = createCaller();
  const near = fc.record(
    {
      jsonrpc: fc.constantFrom("2.0", "1.0", 2),
      id: fc.jsonValue(),
      method: fc.oneof(fc.constantFrom(...caller.table.names), fc.jsonValue()),
      params: fc.jsonValue(),
    },
    {requiredKeys: []},
  );
  const message = fc.oneof(
    fc.jsonValue(),
    near,
    fc.array(fc.oneof(near, fc.jsonValue()), {maxLength: 12}),
  );
  const property = fc.asyncProperty(message, async json => {
    const reply = await ask(caller, JSON.stringify(json));
    const replies = Array.isArray(reply) ? reply : reply === undefined ? [] : [reply];
    for (const each of replies) assert.equal(each.jsonrpc, "2.0");
  });
  await fc.assert(property, {numRuns: RUNS});
});

test("any text that is no JSON is a parse error", async () => {
  const caller = createCaller();
  const valid = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "state_getKeysPaged",
    params: ["0x", 5],
  });
  const cut = fc.nat(valid.length - 1).map(length => valid.slice(0, length));
  const noise = fc.string({unit: "binary"}).filter(text => !isJson(text));
  const deep = fc.integer({min: 1, max: 100_000}).map(depth => "[".repeat(depth));
  const property = fc.asyncProperty(fc.oneof(cut, noise, deep), async text => {
    const error = {code: -32_700, message: "Parse error"};
    assert.deepEqual(await ask(caller, text), {jsonrpc: "2.0", id: null, error});
  });
  await fc.assert(property, {numRuns: RUNS});
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
