import assert from "node:assert/strict";
import {test} from "node:test";
import type {WebSocket} from "ws";
import {createProcessBudgets} from "../budgets/index.ts";
import {Outbox} from "./outbox.ts";

/** An outbox over a socket that notes what it is told. */
function noting() {
  const noted: string[] = [];
  const socket = {bufferedAmount: 0, send: (text: string) => noted.push(text)};
  const outbox = new Outbox(socket as unknown as WebSocket, {
    transport: {cork: () => noted.push("("), uncork: () => noted.push(")")},
    budget: createProcessBudgets().answers,
    maxQueuedMessages: 4,
    maxRequestsInFlight: 4,
    onRelief: () => assert.fail("nothing was held up"),
    onOverflow: () => assert.fail("nothing was too much"),
  });
  return {noted, outbox};
}

test("answers that come together go to the system in one piece, and none waits for a later one", async () => {
  const {noted, outbox} = noting();
  outbox.reply("a");
  await Promise.all([Promise.resolve(), Promise.resolve().then(() => outbox.reply("b"))]);
  outbox.notify("c");
  assert.deepEqual(noted, ["(", "a", "b", "c"], "still within the same breath");
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(noted.join(""), "(abc)");
  outbox.reply("d");
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(noted.join(""), "(abc)(d)");
});
