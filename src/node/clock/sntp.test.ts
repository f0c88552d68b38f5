import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {createSocket} from "node:dgram";
import {once} from "node:events";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {systemClock} from "../time/system-clock.ts";
import {askTimeServer} from "./sntp.ts";

const dependencies = {clock: systemClock, randomBytes: (length: number) => randomBytes(length)};

/** A time server that is ahead of us by so many milliseconds; `spoil` may ruin its answers. */
async function timeServer(ahead: number, spoil: (answer: Buffer) => Buffer[] = answer => [answer]) {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer[1] = 2;
    question.copy(answer, 24, 40, 48);
    const now = Date.now() + ahead;
    for (const offset of [32, 40]) {
      answer.writeUInt32BE(Math.floor(now / 1_000) + 2_208_988_800, offset);
      answer.writeUInt32BE(Math.floor(((now % 1_000) / 1_000) * 2 ** 32), offset + 4);
    }
    for (const each of spoil(answer)) socket.send(each, from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {host: "127.0.0.1", port: socket.address().port, close: () => socket.close()};
}

test("a time server tells how far ahead our clock is", async t => {
  const server = await timeServer(5_000);
  t.after(() => server.close());
  const offset = await askTimeServer(server, dependencies);
  assert.ok(offset.ok && Math.abs(offset.value + 5_000) < 100);
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
  const offset = await askTimeServer(server, dependencies);
  assert.ok(offset.ok && Math.abs(offset.value) < 100);
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
