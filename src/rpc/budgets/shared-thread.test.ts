import assert from "node:assert/strict";
import {test} from "node:test";
import {setImmediate as round} from "node:timers/promises";
import {SharedThread} from "./shared-thread.ts";

test("one slice a round, to each client in its turn, however much it has under way", async () => {
  const thread = new SharedThread();
  const [greedy, modest] = [{}, {}];
  const order: string[] = [];
  const ask = (client: object, name: string) =>
    thread.next(client).then(() => {
      order.push(name);
    });
  const all = [ask(greedy, "a1"), ask(greedy, "a2"), ask(greedy, "a3"), ask(modest, "b1")];
  await round();
  assert.deepEqual(order, ["a1"]);
  await Promise.all(all);
  assert.deepEqual(order, ["a1", "b1", "a2", "a3"]);
  await ask(modest, "b2");
  assert.equal(order.at(-1), "b2");
});
