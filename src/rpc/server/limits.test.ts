import assert from "node:assert/strict";
import {once} from "node:events";
import {createServer} from "node:net";
import {test} from "node:test";
import {WebSocket} from "ws";
import {millis, silentLogger, unwrap} from "#base";
import {RpcClient} from "../test-kit/rpc-client.ts";
import {createTestNode} from "../test-kit/test-node.ts";
import {startTestServer} from "../test-kit/test-server.ts";
import {parseExempt} from "./rate-limits.ts";
import {RpcServer} from "./rpc-server.ts";

/** Of the machine, for what takes real time. */
const systemTime = {now: () => millis(Date.now())};

const call = (id: unknown, method: string, params?: unknown) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

test("a batch, a reply or a request beyond the limit is an error, and the connection lives on", async t => {
  const limits = {maxBatchLength: 3, maxResponseBytes: 10_000, maxRequestBytes: 5_000};
  const server = await startTestServer(t, {limits});
  const client = await server.connect();
  client.send([1, 2, 3, 4]);
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: null,
    error: {
      code: -32_010,
      message: "The batch request was too large",
      data: "Exceeded max limit of 3",
    },
  });
  const tooBig = {
    code: -32_008,
    message: "Response is too big",
    data: "Exceeded max limit of 10000",
  };
  assert.deepEqual(await client.fail("state_getStorage", "0x626967"), tooBig);
  assert.deepEqual(await client.fail("state_getKeys", "0x"), tooBig);
  assert.deepEqual(await client.fail("state_getPairs", "0x"), tooBig);
  client.send(
    Array.from({length: 3}, (_, id) =>
      call(id, "state_call", ["Echo", `0x${"00".repeat(2_000)}`.slice(0, 1_500)]),
    ),
  );
  assert.equal(((await client.next()) as unknown[]).length, 3);
  const response = await fetch(`http://${server.url}`, {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: " ".repeat(5_001),
  });
  assert.equal(response.status, 413);
  assert.equal(await client.call("system_name"), "khala");
  const error = {
    code: -32_007,
    message: "Request is too big",
    data: "Exceeded max limit of 5000",
  };
  assert.deepEqual(await response.json(), {jsonrpc: "2.0", id: null, error});
  client.send(" ".repeat(5_001));
  assert.deepEqual(await client.next(), {jsonrpc: "2.0", id: null, error});
  // In pieces, each of which would be taken.
  for (let i = 0; i < 6; i++) client.socket.send(" ".repeat(1_000), {fin: i === 5});
  assert.deepEqual(await client.next(), {jsonrpc: "2.0", id: null, error});
  assert.equal(await client.call("system_name"), "khala");
});

test("a connection beyond the limit is told so, and there is room again when one leaves", async t => {
  const server = await startTestServer(t, {limits: {maxConnections: 2}});
  const first = await server.connect();
  await server.connect();
  await assert.rejects(RpcClient.open(`ws://${server.url}`), /429/);
  const response = await fetch(`http://${server.url}/health`);
  assert.equal(response.status, 429);
  first.socket.close();
  await once(first.socket, "close");
  assert.equal(await (await server.connect()).call("system_name"), "khala");
});

test("a connection has so many subscriptions, and an ended one makes room", async t => {
  const limits = {maxSubscriptionsPerConnection: 2};
  const server = await startTestServer(t, {limits});
  const client = await server.connect();
  const first = await client.call<string>("chain_subscribeNewHeads");
  await client.item(first);
  const second = await client.call<string>("state_subscribeRuntimeVersion");
  await client.item(second);
  assert.deepEqual(await client.fail("chain_subscribeAllHeads"), {
    code: -32_006,
    message: "Too many subscriptions on the connection",
    data: "Exceeded max limit of 2",
  });
  assert.equal(await client.call("chain_unsubscribeNewHeads", first), true);
  const third = await client.call<string>("chain_subscribeAllHeads");
  await client.item(third);
});

test("a client that does not read what it subscribed to is cut off, and others go on", async t => {
  const server = await startTestServer(t, {limits: {maxQueuedMessages: 4}});
  const slow = await server.connect();
  const quick = await server.connect();
  await slow.item(await slow.call<string>("state_subscribeStorage", ["0x626967"]));
  const heads = await quick.call<string>("chain_subscribeNewHeads");
  await quick.item(heads);
  slow.socket.pause();
  let blocks = 0;
  while (server.chain.listeners > 1) {
    assert.ok(blocks++ < 100, "it was cut off");
    server.chain.extend({changes: [["big", new Uint8Array(1_000_000).fill(blocks)]]});
    await quick.item(heads);
  }
  slow.socket.resume();
  await once(slow.socket, "close");
  assert.equal(server.server.connections, 1);
  assert.equal(await quick.call("system_name"), "khala");
});

test("a client that asks for much and reads late gets every reply, in order", async t => {
  const server = await startTestServer(t, {limits: {maxQueuedMessages: 4, maxRequestsInFlight: 8}});
  const client = await server.connect();
  client.socket.pause();
  const hex = `0x${"ab".repeat(500_000)}`;
  for (let id = 0; id < 60; id++) client.send(call(id, "state_call", ["Echo", hex]));
  for (let id = 60; id < 120; id++) client.send(call(id, "state_getStorageSize", ["0x6d"]));
  client.socket.resume();
  const ids = [];
  for (let id = 0; id < 120; id++) ids.push(((await client.next()) as {id: number}).id);
  assert.deepEqual(
    ids,
    Array.from({length: 120}, (_, id) => id),
  );
});

test("clients are pinged, and one that stays silent is gone at the next turn", async t => {
  const server = await startTestServer(t);
  const alive = await server.connect();
  const dead = new WebSocket(`ws://${server.url}`, {autoPong: false});
  t.after(() => dead.terminate());
  await once(dead, "open");
  const pinged = [once(dead, "ping"), once(alive.socket, "ping")];
  const gone = once(dead, "close");
  server.clock.advanceTo(millis(30_000));
  await Promise.all(pinged);
  assert.equal(await alive.call("system_name"), "khala");
  server.clock.advanceTo(millis(60_000));
  await gone;
  assert.equal(await alive.call("system_name"), "khala");
});

test("closing answers what is under way, says goodbye and frees the port", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  await client.item(await client.call<string>("chain_subscribeNewHeads"));
  const release = server.holdBlocks();
  client.send(call("late", "dev_newBlock"));
  client.send(call("last", "system_name"));
  assert.equal(((await client.next()) as {id: string}).id, "last");
  const goodbye = once(client.socket, "close");
  const closed = server.server.close();
  client.send(call("too late", "system_name"));
  release();
  assert.equal(((await client.next()) as {id: string}).id, "late");
  await closed;
  assert.equal((await goodbye)[0], 1_001);
  assert.equal(server.chain.listeners, 0);
  const again = createServer().listen(server.address.port, "127.0.0.1");
  await once(again, "listening");
  again.close();
});

test("closing does not wait longer than its deadline for a client that does not answer", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  client.socket.pause();
  const closed = server.server.close();
  server.clock.advanceTo(millis(5_000));
  await closed;
});

test("a port in use and a host that is not ours are failures with a code", async t => {
  const {address} = await startTestServer(t);
  const server = () =>
    new RpcServer(
      {},
      {...createTestNode(), logger: silentLogger, randomBytes: length => new Uint8Array(length)},
    );
  assert.deepEqual(await server().listen({port: address.port}), {
    ok: false,
    error: {code: "port-in-use", host: "127.0.0.1", port: address.port},
  });
  const elsewhere = await server().listen({host: "192.0.2.1", port: 0});
  assert.equal(!elsewhere.ok && elsewhere.error.code, "host-unavailable");
});

test("where batches are refused a single call still goes, and so many calls a minute are answered", async t => {
  const server = await startTestServer(t, {limits: {maxBatchLength: 0}, rateLimit: {perMinute: 3}});
  const client = await server.connect();
  client.send([call(1, "system_name")]);
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: null,
    error: {code: -32_005, message: "Batched requests are not supported by this server"},
  });
  for (let i = 0; i < 3; i++) assert.equal(await client.call("system_name"), "khala");
  assert.deepEqual(await client.fail("system_name"), {
    code: -32_999,
    message: "RPC rate limit exceeded",
    data: "3 calls a minute; the next one in 20 s",
  });
  // Every connection by itself, and all requests of one address together.
  assert.equal(await (await server.connect()).call("system_name"), "khala");
  const codes: unknown[] = [];
  for (let i = 0; i < 5; i++) {
    const reply = (await server.post(call(i, "system_name"))) as {error?: {code: number}};
    codes.push(reply.error?.code);
  }
  assert.deepEqual(codes, [undefined, undefined, undefined, -32_999, -32_999]);
});

test("clients that are exempt have no rate limit, and a proxy is believed only if told so", async t => {
  const exempt = unwrap(parseExempt(["127.0.0.0/8", "10.1.2.3"]));
  const free = await startTestServer(t, {rateLimit: {perMinute: 1, exempt}});
  const client = await free.connect();
  for (let i = 0; i < 3; i++) assert.equal(await client.call("system_name"), "khala");
  const asked = async (url: string, from: string) => {
    const response = await fetch(`http://${url}`, {
      method: "POST",
      headers: {"content-type": "application/json", "x-forwarded-for": from},
      body: JSON.stringify(call(1, "system_name")),
    });
    return "result" in ((await response.json()) as object);
  };
  const trusting = await startTestServer(t, {
    rateLimit: {perMinute: 1, exempt, trustProxyHeaders: true},
  });
  const one = [await asked(trusting.url, "8.8.8.8"), await asked(trusting.url, "8.8.8.8")];
  assert.deepEqual([...one, await asked(trusting.url, "9.9.9.9")], [true, false, true]);
  assert.deepEqual(
    [await asked(trusting.url, "10.1.2.3"), await asked(trusting.url, "10.1.2.3")],
    [true, true],
  );
  const wary = await startTestServer(t, {rateLimit: {perMinute: 1}});
  assert.deepEqual(
    [await asked(wary.url, "8.8.8.8"), await asked(wary.url, "9.9.9.9")],
    [true, false],
  );
  assert.deepEqual(parseExempt(["10.0.0.0/33"]), {ok: false, error: "10.0.0.0/33"});
});

test("one client that asks without end does not keep another one waiting", async t => {
  const server = await startTestServer(t, {clock: systemTime});
  const [greedy, modest] = [await server.connect(), await server.connect()];
  const heavy = Array.from({length: 400}, (_, id) => call(id, "state_getKeysPaged", ["0x", 1_000]));
  let isOver = false;
  greedy.socket.on("message", () => {
    isOver = true;
  });
  greedy.send(heavy);
  assert.equal(await modest.call("system_name"), "khala");
  assert.equal(isOver, false, "the short call was answered before the long batch");
  const replies = (await greedy.next()) as unknown[];
  assert.equal(replies.length, 400);
});
