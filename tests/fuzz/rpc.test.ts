import assert from "node:assert/strict";
import {once} from "node:events";
import {test} from "node:test";
import {WebSocket} from "ws";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import {corpus} from "./rpc-corpus.ts";
import {randomFrom, Spoiler} from "./spoil.ts";

/** Messages sent; the nightly script asks for a million. */
const MESSAGES = Number(process.env.RPC_FUZZ_MESSAGES ?? 6_000);
/** Of a run that failed, to see it again. */
const SEED = Number(process.env.RPC_FUZZ_SEED ?? Date.now() % 2 ** 32);
/** Of one connection, so that subscriptions do not reach their limit. */
const PER_CONNECTION = 500;

interface Reply {
  readonly id?: number | string | null;
  readonly error?: {readonly code: number; readonly message: string};
}

/** Sends the messages one after the other over a connection, and checks that each has its one reply. */
async function send(
  url: string,
  messages: readonly ReturnType<Spoiler["message"]>[],
): Promise<number> {
  const socket = new WebSocket(url, {perMessageDeflate: false});
  await once(socket, "open");
  let wake = () => {};
  const replies: Reply[] = [];
  let isClosed = false;
  socket.on("message", data => {
    const message = JSON.parse(String(data)) as Reply & {method?: string};
    if (message.method === undefined) replies.push(message);
    wake();
  });
  socket.on("close", () => {
    isClosed = true;
    wake();
  });
  let errors = 0;
  for (const [id, {text, isRequest}] of messages.entries()) {
    socket.send(text);
    // What was spoilt into a notification has no reply: one that must come follows on it.
    const awaited = isRequest ? id : `after ${id}`;
    if (!isRequest) {
      socket.send(JSON.stringify({jsonrpc: "2.0", id: awaited, method: "system_name"}));
    }
    while (!replies.some(reply => reply.id === awaited)) {
      assert.ok(!isClosed, `cut off at ${text}`);
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    for (const {error} of replies.splice(0)) {
      if (error === undefined) continue;
      errors++;
      assert.ok(Number.isInteger(error.code) && typeof error.message === "string", text);
      assert.notEqual(error.code, -32_603, `an internal error at ${text}`);
    }
  }
  socket.terminate();
  return errors;
}

test(`spoilt requests and SCALE arguments get replies, and the node makes its blocks as before (seed ${SEED})`, async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--param=slot=500ms", "--log=warn"]);
  t.after(() => node.stop());
  const spoiler = new Spoiler(await corpus(node.url), randomFrom(SEED));
  let errors = 0;
  for (let sent = 0; sent < MESSAGES; sent += PER_CONNECTION) {
    const count = Math.min(PER_CONNECTION, MESSAGES - sent);
    errors += await send(
      node.url,
      Array.from({length: count}, (_, id) => spoiler.message(id)),
    );
  }
  // Were nothing refused, nothing would have been spoilt.
  assert.ok(errors > MESSAGES / 4, `${errors} of ${MESSAGES}`);
  const height = async () =>
    Number((await rpc<{number: string}>(node.url, "chain_getHeader", [])).number);
  const before = await height();
  while ((await height()) < before + 2) await new Promise(resolve => setTimeout(resolve, 50));
  // A machine that is busy with other tests may cost a slot, which says nothing of what was sent.
  const complaints = node.lines.filter(
    line => / (ERROR|WARN) /.test(line) && !line.includes("slot missed: this process was"),
  );
  assert.deepEqual(complaints, []);
  assert.equal(await node.stop(), 0);
});
