import assert from "node:assert/strict";
import {once} from "node:events";
import {connect} from "node:net";
import {test} from "node:test";
import {startTestServer} from "../test-kit/test-server.ts";

const call = (id: unknown, method: string, params?: unknown) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

test("ids come back as they were sent, 0 and the empty string too", async t => {
  const client = await (await startTestServer(t)).connect();
  for (const id of [0, -1, 1.5, "", 'a"b', null]) {
    client.send(call(id, "system_name"));
    assert.deepEqual(await client.next(), {jsonrpc: "2.0", id, result: "khala"});
  }
});

test("what is no JSON, no request or no method has its code, over both transports", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  const cases: [unknown, number, string, unknown][] = [
    ["{", -32_700, "Parse error", null],
    ["", -32_700, "Parse error", null],
    ["5", -32_600, "Invalid request", null],
    ["[]", -32_600, "Invalid request", null],
    [{jsonrpc: "1.0", id: 7, method: "system_name"}, -32_600, "Invalid request", 7],
    [{jsonrpc: "2.0", id: {}, method: "system_name"}, -32_600, "Invalid request", null],
    [{jsonrpc: "2.0", id: 7, method: 5}, -32_600, "Invalid request", 7],
    [call(7, "no_such"), -32_601, "Method not found", 7],
    [call(7, "constructor"), -32_601, "Method not found", 7],
  ];
  for (const [message, code, text, id] of cases) {
    const expected = {jsonrpc: "2.0", id, error: {code, message: text}};
    client.send(message);
    assert.deepEqual(await client.next(), expected);
    assert.deepEqual(await server.post(message), expected);
  }
});

test("a batch is answered as a batch, in order, over both transports", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  const batch = [
    call(1, "system_name"),
    call("x", "no_such"),
    {jsonrpc: "2.0", method: "system_name"},
    5,
    call(2, "state_getStorageSize", ["0x6d61703a"]),
    call(0, "chain_getBlockHash", [0]),
  ];
  client.send(batch);
  for (const reply of [await client.next(), await server.post(batch)]) {
    assert.deepEqual(
      (reply as {id: unknown; result?: unknown; error?: {code: number}}[]).map(each => [
        each.id,
        each.error?.code ?? typeof each.result,
      ]),
      [
        [1, "string"],
        ["x", -32_601],
        [null, -32_600],
        [2, "number"],
        [0, "string"],
      ],
    );
  }
});

test("notifications are not answered, alone or in a batch", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  client.send({jsonrpc: "2.0", method: "system_name"});
  client.send([
    {jsonrpc: "2.0", method: "no_such"},
    {jsonrpc: "2.0", method: "chain_subscribeNewHeads"},
  ]);
  assert.equal(await client.call("system_chain"), "Toy");
  assert.equal(server.chain.listeners, 0);
  const response = await fetch(`http://${server.url}`, {
    method: "POST",
    headers: {"content-type": "application/json; charset=utf-8"},
    body: '{"jsonrpc":"2.0","method":"system_name"}',
  });
  assert.deepEqual([response.status, await response.text()], [204, ""]);
});

test("a call whose answer takes time does not hold up the next", async t => {
  const {holdBlocks, connect} = await startTestServer(t);
  const release = holdBlocks();
  const client = await connect();
  client.send(call("slow", "dev_newBlock"));
  client.send(call("quick", "system_name"));
  assert.equal(((await client.next()) as {id: string}).id, "quick");
  release();
  assert.equal(((await client.next()) as {id: string}).id, "slow");
});

test("two clients with equal ids see their own replies and notifications only", async t => {
  const server = await startTestServer(t);
  const [one, two] = [await server.connect(), await server.connect()];
  one.send(call(1, "chain_getBlockHash", [0]));
  two.send(call(1, "system_name"));
  assert.match(JSON.stringify(await one.next()), /0x/);
  assert.match(JSON.stringify(await two.next()), /khala/);
  const heads = await one.call<string>("chain_subscribeNewHeads");
  await one.item(heads);
  server.chain.extend();
  await one.item(heads);
  assert.equal(await two.call("chain_unsubscribeNewHeads", heads), false);
  assert.equal(await two.call("system_chain"), "Toy");
  assert.equal(two.received.length, 3);
});

test("a subscription over HTTP is refused, for nothing could follow", async t => {
  const server = await startTestServer(t);
  const reply = await server.post(call(1, "chain_subscribeNewHeads"));
  assert.deepEqual((reply as {error: {code: number}}).error.code, -32_603);
  assert.equal(server.chain.listeners, 0);
});

test("health pages answer 200, and readiness 503 while the node is of no use", async t => {
  const server = await startTestServer(t);
  const get = async (path: string) => (await fetch(`http://${server.url}${path}`)).status;
  assert.deepEqual([await get("/health"), await get("/health/readiness")], [200, 200]);
  Object.assign(server.answers.node, {
    health: () => ({peers: 0, isSyncing: false, shouldHavePeers: true}),
  });
  assert.deepEqual(
    [await get("/health"), await get("/health/readiness"), await get("/")],
    [200, 503, 405],
  );
});

test("ids beyond what a number holds come back digit by digit, over both transports and in batches", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  let text = "";
  client.socket.on("message", data => {
    text = String(data);
  });
  for (const id of ["9007199254740993", "18446744073709551615", "-0", "1.0", "1e2", '"\\u0041"']) {
    const message = `{"jsonrpc":"2.0","method":"system_name", "params":[{"id":1}],"id" : ${id} }`;
    const expected = `{"jsonrpc":"2.0","id":${id},"result":"khala"}`;
    client.send(message);
    await client.next();
    assert.equal(text, expected);
    assert.equal(await (await post(server.url, message)).text(), expected);
    assert.equal(
      await (await post(server.url, `[${message},1]`)).text(),
      `[${expected},${NO_REQUEST}]`,
    );
  }
});

const NO_REQUEST =
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request"}}';

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`http://${url}`, {
    method: "POST",
    headers: {"content-type": "application/json", ...headers},
    body,
  });

test("parameters by name are taken wherever a method or subscription declares them", async t => {
  const client = await (await startTestServer(t)).connect();
  const ask = async (method: string, params: unknown) => {
    client.send({jsonrpc: "2.0", id: 1, method, params});
    return (await client.next()) as {result?: unknown; error?: {code: number; data: string}};
  };
  assert.equal((await ask("system_name", {})).result, "khala");
  assert.equal((await ask("state_getStorage", {key: "0x61"})).result, "0x01");
  const keys = {prefix: "0x6d", count: 1};
  const [first] = (await ask("state_getKeysPaged", keys)).result as string[];
  const after = await ask("state_getKeysPaged", {...keys, startKey: first});
  assert.deepEqual(await ask("state_getKeysPaged", {...keys, start_key: first}), after);
  assert.notDeepEqual(after.result, [first]);
  assert.equal((await ask("state_getStorage", {})).error?.code, -32_602);
  const wrong = await ask("state_getStorage", {key: "0x61", hsah: null});
  assert.deepEqual(
    [wrong.error?.code, wrong.error?.data],
    [-32_602, "no parameter has the name given: there are key, at"],
  );
  const id = (await ask("state_subscribeStorage", {keys: ["0x61"]})).result;
  await client.next();
  assert.equal((await ask("state_unsubscribeStorage", {subscription: id})).result, true);
});

test("whatever is refused over HTTP is answered as JSON-RPC, under its status", async t => {
  const server = await startTestServer(t, {limits: {maxRequestBytes: 1_000}});
  const call = '{"jsonrpc":"2.0","id":1,"method":"system_name"}';
  const url = `http://${server.url}`;
  for (const [status, code, response] of [
    [413, -32_007, post(server.url, " ".repeat(2_000))],
    [415, -32_600, post(server.url, call, {"content-type": "text/plain"})],
    [403, -32_600, post(server.url, call, {origin: "https://example.org"})],
    [405, -32_600, fetch(url)],
    [405, -32_600, fetch(url, {method: "PUT", body: "1"})],
    [400, -32_600, raw(server.address.port, "nonsense\r\n\r\n")],
    [431, -32_600, raw(server.address.port, `GET / HTTP/1.1\r\na: ${"x".repeat(100_000)}\r\n\r\n`)],
  ] as const) {
    const got = await response;
    assert.equal(got.status, status);
    const {id, error} = (await got.json()) as {id: unknown; error: {code: number; data: string}};
    assert.deepEqual([id, error.code, typeof error.data], [null, code, "string"]);
  }
});

/** What a server says to bytes that `fetch` would not send. */
async function raw(port: number, text: string) {
  const socket = connect(port, "127.0.0.1");
  socket.write(text);
  let said = "";
  socket.on("error", () => {});
  socket.on("data", chunk => {
    said += chunk;
  });
  await once(socket, "close");
  const [head = "", body = ""] = said.split("\r\n\r\n");
  return {status: Number(head.split(" ")[1]), json: async () => JSON.parse(body)};
}
