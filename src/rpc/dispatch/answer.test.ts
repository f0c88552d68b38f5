import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, ok, VirtualClock} from "#base";
import {TrieFault} from "#trie";
import {createProcessBudgets} from "../budgets/index.ts";
import {SharedThread} from "../budgets/shared-thread.ts";
import {Turn} from "../budgets/turn.ts";
import type {RpcContext} from "../context/rpc-context.ts";
import {method, param, subscription, u32} from "../declare/index.ts";
import {answer} from "./answer.ts";
import type {Caller} from "./call.ts";
import {createMethodTable} from "./method-table.ts";
import {NO_OBSERVER} from "./observer.ts";
import {Subscriptions} from "./subscriptions.ts";

const thrower = (name: string, handle: () => never | Promise<never>) =>
  method({name, params: [], result: "never", handle});

const fail = (): never => {
  throw new Error("a bug");
};

/** Everything that went to the client, in order, and what was logged. */
function createCaller() {
  const sent: unknown[] = [];
  const logged: string[] = [];
  const damages: Error[] = [];
  const sources: {send(item: unknown): void; end(): void}[] = [];
  let stopped = 0;
  let begun = 0;
  const table = createMethodTable([
    thrower("sync", fail),
    method({
      name: "slow",
      params: [],
      result: "300 characters, later",
      async handle() {
        begun++;
        await null;
        return ok("x".repeat(300));
      },
    }),
    thrower("async", async () => fail()),
    method({name: "unwritable", params: [], result: "bigint", handle: () => ok(1n)}),
    method({
      name: "sum",
      params: [param("a", u32), param("b", u32)],
      result: "a + b",
      handle: (_, a, b) => ok(a + b),
    }),
    subscription({
      name: "watch",
      unsubscribe: "unwatch",
      notification: "watched",
      params: [],
      item: "number",
      async start(_, sink) {
        sources.push(sink);
        sink.send(1);
        await null;
        sink.send(2);
        return ok(() => {
          stopped++;
        });
      },
    }),
    thrower("damaged", () => {
      throw new TrieFault("node-damaged", "", new Uint8Array(32));
    }),
    subscription({
      name: "broken",
      unsubscribe: "unbroken",
      notification: "never",
      params: [],
      item: "never",
      start: fail,
    }),
  ]);
  const notify = (text: string) => sent.push(JSON.parse(text));
  const budgets = createProcessBudgets();
  const subscriptions = new Subscriptions({
    limit: 2,
    share: budgets.subscriptions.open(),
    nextId: () => "id",
    notify,
    room: () => undefined,
  });
  const clock = new VirtualClock(millis(0));
  const caller: Caller = {
    table,
    context: {
      unsafeAllowed: true,
      maxResponseBytes: 1_000,
      onDamage: (damage: Error) => void damages.push(damage),
    } as unknown as RpcContext,
    budgets,
    maxBatchLength: 1_000,
    clock,
    turn: new Turn(clock, new SharedThread(), {}),
    observer: NO_OBSERVER,
    logger: {log: (level, _, message) => logged.push(`${level}: ${message}`)},
    subscriptions,
  };
  const ask = (...messages: {id?: unknown; method: string; params?: unknown}[]) => {
    const requests = messages.map(each => ({jsonrpc: "2.0", ...each}));
    const text = JSON.stringify(requests.length === 1 ? requests[0] : requests);
    return answer(Buffer.from(text), caller, reply => sent.push(JSON.parse(reply)));
  };
  return {
    sent,
    logged,
    damages,
    sources,
    subscriptions,
    ask,
    stopped: () => stopped,
    begun: () => begun,
  };
}

test("a handler that throws is an internal error to the client and a line for the operator", async () => {
  const {sent, logged, subscriptions, ask} = createCaller();
  for (const method of ["sync", "async", "unwritable", "broken"]) {
    await ask({id: 1, method});
    const error = {code: -32_603, message: "Internal error"};
    assert.deepEqual(sent.pop(), {jsonrpc: "2.0", id: 1, error});
    assert.equal(logged.pop(), `error: ${method} threw`);
    await ask({method});
  }
  assert.deepEqual([sent.length, subscriptions.size], [0, 0]);
});

test("a handler that comes upon damage answers that, and the operator reads what it is", async () => {
  const {sent, logged, damages, ask} = createCaller();
  await ask({id: 1, method: "damaged"});
  assert.ok(damages[0] instanceof TrieFault);
  const {error} = sent.pop() as {error: {code: number; data: string}};
  assert.equal(error.code, -32_603);
  assert.match(error.data, /database is damaged/);
  assert.equal(logged.pop(), "error: damaged came upon a damaged database");
});

test("parameters go by position or by name, missing ones are named, further ones are not looked at", async () => {
  const {sent, ask} = createCaller();
  await ask({id: 1, method: "sum", params: [1, 2, "more"]});
  await ask({id: 2, method: "sum", params: {a: 1, b: 2}});
  await ask({id: 3, method: "sum", params: [1]});
  await ask({id: 4, method: "sum", params: [1, null]});
  await ask({id: 5, method: "sum", params: {b: 2}});
  await ask({id: 6, method: "sum", params: {a: 1, b: 2, c: 3}});
  const wrong = (id: number, data: string) => ({
    jsonrpc: "2.0",
    id,
    error: {code: -32_602, message: "Invalid params", data},
  });
  assert.deepEqual(sent, [
    {jsonrpc: "2.0", id: 1, result: 3},
    {jsonrpc: "2.0", id: 2, result: 3},
    wrong(3, "b: missing, expected a whole number of 32 bits"),
    wrong(4, "b: expected a whole number of 32 bits, found null"),
    wrong(5, "a: missing, expected a whole number of 32 bits"),
    wrong(6, "no parameter has the name given: there are a, b"),
  ]);
});

test("the reply that carries a subscription's id goes before its items, in a batch too", async () => {
  const {sent, sources, ask, stopped} = createCaller();
  const item = (result: number) => ({
    jsonrpc: "2.0",
    method: "watched",
    params: {subscription: "id", result},
  });
  await ask({id: 1, method: "watch"}, {id: 2, method: "sum", params: [1, 1]});
  assert.deepEqual(sent.slice(1), [item(1), item(2)]);
  assert.equal((sent[0] as unknown[]).length, 2);
  sources[0]!.send(3);
  assert.deepEqual(sent[3], item(3));
  await ask({id: 3, method: "unwatch", params: ["id"]});
  sources[0]!.send(4);
  assert.deepEqual(sent.slice(4), [{jsonrpc: "2.0", id: 3, result: true}]);
  assert.equal(stopped(), 1);
});

test("a batch whose replies are too much together is given up, and what is left of it is not begun", async () => {
  const {sent, ask, begun} = createCaller();
  await ask(...Array.from({length: 1_000}, (_, id) => ({id, method: "slow"})));
  assert.deepEqual(sent, [
    {
      jsonrpc: "2.0",
      id: null,
      error: {code: -32_008, message: "Response is too big", data: "Exceeded max limit of 1000"},
    },
  ]);
  assert.ok(begun() < 50, String(begun()));
  sent.length = 0;
  await ask(
    {id: 1, method: "slow"},
    {id: 2, method: "sum", params: [1, 1]},
    {id: 3, method: "slow"},
  );
  assert.deepEqual(
    (sent[0] as unknown as {id: number}[]).map(({id}) => id),
    [1, 2, 3],
  );
});

test("a client that is gone before its subscription began leaves nothing running", async () => {
  const {subscriptions, ask, stopped} = createCaller();
  const asked = ask({id: 1, method: "watch"});
  subscriptions.closeAll();
  await asked;
  assert.deepEqual([stopped(), subscriptions.size], [1, 0]);
});

test("a source that ends by itself is stopped once, and what it said before is delivered", async () => {
  const {sent, sources, ask, stopped} = createCaller();
  const asked = ask({id: 1, method: "watch"});
  sources[0]!.end();
  await asked;
  assert.equal(sent.length, 2);
  await ask({id: 2, method: "unwatch", params: ["id"]});
  assert.deepEqual(sent[2], {jsonrpc: "2.0", id: 2, result: false});
  assert.equal(stopped(), 1);
});
