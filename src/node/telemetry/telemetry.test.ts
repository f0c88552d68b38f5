import assert from "node:assert/strict";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {test} from "node:test";
import {WebSocketServer} from "ws";
import {bytesToHex, silentLogger} from "#base";
import {coreForTests} from "../../core/test-kit/core-for-tests.ts";
import {steadyClock} from "../../core/time/steady-clock.ts";
import {systemClock} from "../../core/time/system-clock.ts";
import {parseTelemetryEndpoint, Telemetry} from "./telemetry.ts";

interface Frame {
  readonly id: number;
  readonly ts: string;
  readonly payload: Record<string, unknown>;
}

test("a server is told who we are, then of each block of ours, at the least verbosity", async t => {
  const server = new WebSocketServer({host: "127.0.0.1", port: 0});
  await once(server, "listening");
  t.after(() => server.close());
  const {port} = server.address() as AddressInfo;
  const got: Frame[] = [];
  let wake = () => {};
  server.on("connection", socket =>
    socket.on("message", data => {
      got.push(JSON.parse(String(data)));
      wake();
    }),
  );
  const next = async (): Promise<Frame> => {
    while (got.length === 0) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    return got.shift()!;
  };
  const {core, make} = await coreForTests(["Alice"]);
  const endpoint = parseTelemetryEndpoint(`ws://127.0.0.1:${port}/submit/ 0`)!;
  const who = {
    name: "a node",
    version: "0.0.0",
    chain: "Local",
    genesisHash: core.chain.genesisHash,
    peerId: "12D3",
    isCollator: true,
    startedAt: 5,
  };
  const telemetry = new Telemetry(endpoint, who, {
    core,
    clock: steadyClock,
    wallClock: systemClock,
    logger: silentLogger,
  });
  t.after(() => telemetry.stop());
  telemetry.start();
  const {id, ts, payload} = await next();
  assert.equal(id, 1);
  assert.ok(Math.abs(Date.parse(ts) - Date.now()) < 60_000);
  assert.deepEqual(
    [payload.msg, payload.name, payload.chain, payload.authority, payload.startup_time],
    ["system.connected", "a node", "Local", true, "5"],
  );
  assert.equal(payload.genesis_hash, bytesToHex(core.chain.genesisHash));
  let made: Awaited<ReturnType<typeof make>> | undefined;
  for (let slot = 0; made === undefined; slot++) made = await make(slot).catch(() => undefined);
  const block = await next();
  assert.deepEqual(block.payload, {
    msg: "block.import",
    best: bytesToHex(made.hash),
    height: 1,
    origin: "Own",
  });
});

test("an endpoint is an address and a verbosity", () => {
  assert.equal(parseTelemetryEndpoint("wss://example.org/submit/ 0")?.verbosity, 0);
  assert.equal(parseTelemetryEndpoint("wss://example.org")?.verbosity, 0);
  for (const wrong of ["example.org 0", "https://example.org 0", "wss://example.org ten", ""]) {
    assert.equal(parseTelemetryEndpoint(wrong), undefined);
  }
});
