import assert from "node:assert/strict";
import {once} from "node:events";
import {test} from "node:test";
import fc from "fast-check";
import {WebSocket} from "ws";
import {startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";
import type {OpenRpc} from "../support/rpc-reference.ts";

/** Of a run that failed, to see it again. */
const SEED = Number(process.env.RPC_FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Calls of each method. */
const CALLS = 20;

const hash = `0x${"11".repeat(32)}`;

/** What a parameter may be by mistake; some are right, so that the next one is looked at. */
const value = fc.oneof(
  fc.jsonValue({maxDepth: 2}),
  fc.constantFrom(null, 0, 1, -1, 1.5, 2 ** 32, 2 ** 53, 1e308, true),
  fc.constantFrom("", "0x", "0x0", hash, "aura=loud", "//Alice", "latest", "PERSISTENT", "aura"),
  fc.constantFrom([], {}, ["0x"], [hash], {hash}, [{key: "0x", type: "value"}]),
  fc.constantFrom(
    "/ip4/1.2.3.4/tcp/1/p2p/nobody",
    "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
  ),
);

interface Reply {
  readonly id?: number;
  readonly error?: {readonly code: number; readonly data?: unknown};
}

test(`a wrong argument of whatever method is never an internal error (seed ${SEED})`, async t => {
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual", "--log=warn"]);
  t.after(() => node.stop());
  const {methods} = await rpc<OpenRpc>(node.url, "rpc.discover", []);
  for (const {name, params} of methods) {
    const names = fc.constantFrom(...params.map(each => each.name), "no such name");
    const given = fc.oneof(
      fc.array(value, {maxLength: params.length + 1}),
      fc.dictionary(names, value, {maxKeys: params.length}),
    );
    const samples = fc.sample(given, {numRuns: CALLS, seed: SEED});
    // What it leaves open, subscriptions for one, goes with its connection.
    const socket = new WebSocket(node.url, {perMessageDeflate: false});
    await once(socket, "open");
    const waiting = new Map<number, (reply: Reply) => void>();
    socket.on("message", data => {
      const reply = JSON.parse(String(data)) as Reply;
      if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    });
    for (const [id, sample] of samples.entries()) {
      const replied = new Promise<Reply>(resolve => waiting.set(id, resolve));
      socket.send(JSON.stringify({jsonrpc: "2.0", id, method: name, params: sample}));
      const {error} = await replied;
      const told = `${name} ${JSON.stringify(sample)}: ${JSON.stringify(error)}`;
      if (error !== undefined) assert.notEqual(error.code, -32_603, told);
    }
    socket.terminate();
  }
  assert.deepEqual(
    node.lines.filter(line => line.includes(" ERROR ")),
    [],
  );
});
