import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {millis, silentLogger, VirtualClock} from "#base";
import {SignatureChecks} from "#core";
import {inlineSignatures} from "../../core/signatures/inline-signatures.ts";
import {coreForTests} from "../../core/test-kit/core-for-tests.ts";
import {signedRemark} from "../../core/test-kit/signed-call.ts";
import type {ThreadEvents} from "./validation-thread.ts";
import {openThread} from "./validation-thread.ts";
import {ValidationThreads} from "./validation-threads.ts";

/** Threads whose start and end can be waited for, which an idle thread does not keep the process for. */
async function threadsWithEvents(t: TestContext) {
  const held = setInterval(() => {}, 60_000);
  t.after(() => clearInterval(held));
  const {core, crypto} = await coreForTests(["Alice"]);
  const checks = new SignatureChecks(crypto, inlineSignatures(crypto));
  let tell!: (what: "ready" | "gone") => void;
  const next = () =>
    new Promise<"ready" | "gone">(resolve => {
      tell = resolve;
    });
  const data = {blockHashing: undefined};
  const heard: string[] = [];
  const threads = new ValidationThreads({
    threads: 1,
    openThread: events => {
      const telling: ThreadEvents = {
        said(message) {
          heard.push(message.kind);
          events.said(message);
          if (message.kind === "ready") tell("ready");
        },
        gone(reason) {
          heard.push("gone");
          events.gone(reason);
          tell("gone");
        },
      };
      // A clock that stands still: however busy the machine is, its time to answer does not run out.
      return openThread(data, new VirtualClock(millis(0)), telling);
    },
    remember: signature => checks.remember(signature),
    mayAsk: () => true,
    clock: new VirtualClock(millis(0)),
    logger: silentLogger,
  });
  const tx = signedRemark(core, crypto, {uri: "//Alice"});
  const ask = () => threads.ask({source: "External", tx, at: core.chain.head});
  return {threads, ask, next, heard};
}

test("a thread of its own finds out what a transaction is worth, and ends when it is told to", async t => {
  const {threads, ask, next} = await threadsWithEvents(t);
  const ready = next();
  assert.equal(ask(), undefined);
  assert.equal(await ready, "ready");
  const told = await Promise.all(Array.from({length: 300}, ask));
  assert.ok(told.every(one => one?.ok && one.value.ok));
  const gone = next();
  await threads.stop();
  assert.equal(await gone, "gone");
});

test("what a thread is in the middle of is awaited at its end, and then nobody hears of it", async t => {
  const {threads, ask, next, heard} = await threadsWithEvents(t);
  const ready = next();
  ask();
  await ready;
  // More than go together.
  const told = Promise.all(Array.from({length: 600}, ask));
  // It has been asked.
  await new Promise(resolve => setImmediate(resolve));
  await new Promise(resolve => setImmediate(resolve));
  const gone = next();
  await threads.stop();
  assert.equal(await gone, "gone");
  assert.ok((await told).every(one => one === undefined));
  assert.deepEqual(
    heard.filter(kind => kind === "answers" || kind === "gone"),
    ["answers", "answers", "gone"],
  );
});
