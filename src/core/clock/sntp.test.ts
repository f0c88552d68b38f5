import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {steadyClock} from "../time/steady-clock.ts";
import {systemClock} from "../time/system-clock.ts";
import {askTimeServer} from "./sntp.ts";
import {timeServer} from "./test-kit/time-server.ts";

const dependencies = {
  clock: steadyClock,
  wallClock: systemClock,
  randomBytes: (length: number) => randomBytes(length),
};

/** Milliseconds by which two clocks that are read to whole ones may differ. */
const ROUNDING = 10;

/** By how much an answer is off, beyond what the time that it was under way can make of it. */
async function errorOf(asked: ReturnType<typeof askTimeServer>, expected: number): Promise<number> {
  const began = steadyClock.now();
  const offset = await asked;
  assert.ok(offset.ok);
  const took = steadyClock.now() - began;
  return Math.abs(offset.value - expected) - took - ROUNDING;
}

test("a time server tells how far ahead our clock is", async t => {
  const server = await timeServer(5_000);
  t.after(() => server.close());
  assert.ok((await errorOf(askTimeServer(server, dependencies), -5_000)) <= 0);
});

test("answers to other questions, and from servers that do not know, are none", async t => {
  const server = await timeServer(0, answer => {
    const foreign = Buffer.from(answer);
    foreign[24]! ^= 1;
    foreign.writeUInt32BE(0, 40);
    return [Buffer.alloc(10), foreign, answer];
  });
  const lost = await timeServer(0, answer => {
    answer[1] = 0;
    return [answer];
  });
  t.after(() => {
    server.close();
    lost.close();
  });
  assert.ok((await errorOf(askTimeServer(server, dependencies), 0)) <= 0);
  assert.equal((await askTimeServer(lost, dependencies)).ok, false);
});

test("a server that is silent is given up after three seconds", async t => {
  const server = await timeServer(0, () => []);
  t.after(() => server.close());
  const clock = new VirtualClock(millis(0));
  const asked = askTimeServer(server, {...dependencies, clock});
  clock.advanceTo(millis(3_000));
  assert.deepEqual(await asked, {ok: false, error: "no answer"});
});
