import assert from "node:assert/strict";
import {once} from "node:events";
import {type ClientRequest, request} from "node:http";
import {connect, type Socket} from "node:net";
import {type TestContext, test} from "node:test";
import {millis} from "#base";
import {Budget, createProcessBudgets} from "../budgets/index.ts";
import {RpcClient} from "../test-kit/rpc-client.ts";
import {startTestServer} from "../test-kit/test-server.ts";

const NAME = {jsonrpc: "2.0", id: 1, method: "system_name"};

/** A POST whose body is written by the test. */
function openPost(t: TestContext, port: number, more = {}): ClientRequest {
  const headers = {"content-type": "application/json", ...more};
  const sent = request({port, method: "POST", headers});
  sent.on("error", () => {});
  t.after(() => sent.destroy());
  return sent;
}

async function replyTo(sent: ClientRequest) {
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return {status: response.statusCode as number, json: JSON.parse(text)};
}

/** Resolves at the moment at which a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve));
}

test("a body in small chunks holds about a byte a byte, one of thousands of single bytes is refused", async t => {
  const {address, budgets} = await startTestServer(t);
  const open = () => {
    const socket = connect(address.port, "127.0.0.1");
    socket.on("error", () => {});
    t.after(() => socket.destroy());
    const head = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
    return socket;
  };
  const chunks = (text: string, size: number) =>
    text
      .match(new RegExp(`.{1,${size}}`, "g"))!
      .map(each => `${each.length.toString(16)}\r\n${each}\r\n`);
  const small = open();
  const length = 2_000_000;
  const text = JSON.stringify({...NAME, params: ["x".repeat(length)]});
  small.write(chunks(text, 100).join(""));
  await until(() => budgets.requests.used >= length);
  assert.ok(budgets.requests.used <= 2 * length + 65_536, String(budgets.requests.used));
  small.write("0\r\n\r\n");
  assert.match(String((await once(small, "data"))[0]), /200 OK[\s\S]*"result":"khala"/);
  await until(() => budgets.requests.used === 0);
  const tiny = open();
  tiny.write(chunks(text.slice(0, 20_000), 1).join(""));
  assert.match(String((await once(tiny, "data"))[0]), /400 Bad[\s\S]*too many pieces/);
  await once(tiny, "close");
  await until(() => budgets.requests.used === 0);
});

test("requests that are too much together: the longest that arrives is told so, short ones are answered", async t => {
  const budgets = {
    ...createProcessBudgets(),
    requests: new Budget({limit: 4_500_000, reserve: 500_000, small: 65_536}),
  };
  const server = await startTestServer(t, {budgets});
  const honest = await server.connect();
  const longest = openPost(t, server.address.port, {"content-length": 3_500_000});
  longest.write(" ".repeat(3_000_000));
  await until(() => budgets.requests.used >= 3_000_000);
  assert.equal(await honest.call("system_name"), "khala");
  const client = await server.connect();
  client.socket.send(" ".repeat(800_000), {fin: false});
  const {status, json} = await replyTo(longest);
  const busy = {code: -32_009, message: "Server is busy, try again later"};
  assert.deepEqual([status, json.error], [503, busy]);
  // And over a WebSocket the connection lives on.
  client.socket.send(" ".repeat(4_000_000), {fin: false});
  assert.deepEqual(await client.next(), {jsonrpc: "2.0", id: null, error: busy});
  client.socket.send("", {fin: true});
  assert.equal(await client.call("system_name"), "khala");
  assert.equal(budgets.requests.used, 0);
});

test("a body that hardly moves is given up after two looks, over WebSocket the client is cut off", async t => {
  const server = await startTestServer(t);
  const slow = openPost(t, server.address.port);
  slow.write(" ".repeat(10));
  const client = await server.connect();
  client.socket.send(" ".repeat(10), {fin: false});
  await until(() => server.budgets.requests.used >= 2_048);
  const cut = once(client.socket, "close");
  server.clock.advanceTo(millis(5_000));
  await new Promise(resolve => setImmediate(resolve));
  server.clock.advanceTo(millis(10_000));
  const {status, json} = await replyTo(slow);
  assert.deepEqual([status, json.error.data], [408, "The body came too slowly"]);
  await cut;
  assert.equal(server.budgets.requests.used, 0);
});

test("places that are held by who does nothing go to others, and who listens keeps its own", async t => {
  const server = await startTestServer(t, {limits: {maxConnections: 3}});
  const listener = await server.connect();
  await listener.item(await listener.call<string>("chain_subscribeNewHeads"));
  const silent = connect(server.address.port, "127.0.0.1");
  t.after(() => silent.destroy());
  await once(silent, "connect");
  const idle = await server.connect();
  await assert.rejects(RpcClient.open(`ws://${server.url}`), /429/);
  const gone = [once(silent, "close"), once(idle.socket, "close")];
  server.clock.advanceTo(millis(5_000));
  const [one, two] = [await server.connect(), await server.connect()];
  await Promise.all(gone);
  assert.deepEqual(
    [await one.call("system_name"), await two.call("system_name")],
    ["khala", "khala"],
  );
  server.chain.extend();
  assert.ok(await listener.next());
});

test("many silent sockets at once do not keep who speaks from learning that there is no place", async t => {
  const server = await startTestServer(t, {limits: {maxConnections: 1}});
  await server.connect();
  const sockets: Socket[] = [];
  t.after(() => sockets.map(socket => socket.destroy()));
  for (let i = 0; i < 100; i++) {
    const socket = connect(server.address.port, "127.0.0.1");
    socket.on("error", () => {});
    sockets.push(socket);
    await once(socket, "connect");
  }
  const response = await fetch(`http://${server.url}/health`);
  assert.equal(response.status, 429);
  assert.equal(((await response.json()) as {error: {code: number}}).error.code, -32_009);
});

test("keys that all clients follow, and subscriptions, have a budget, and there is room when one leaves", async t => {
  const budgets = {
    ...createProcessBudgets(),
    followedKeys: new Budget({limit: 3_000_000, reserve: 10_000, small: 2_000}),
    subscriptions: new Budget({limit: 6, reserve: 2, small: 1}),
  };
  const server = await startTestServer(t, {budgets});
  const busy = {code: -32_009, message: "Server is busy, try again later"};
  const keys = Array.from({length: 4_000}, (_, i) => `0x${i.toString(16).padStart(8, "0")}`);
  const one = await server.connect();
  const id = await one.call<string>("state_subscribeStorage", keys);
  await one.next();
  const two = await server.connect();
  assert.deepEqual(await two.fail("state_subscribeStorage", keys), busy);
  const few = await two.call<string>("state_subscribeStorage", ["0x61"]);
  await two.item(few);
  await one.call("state_unsubscribeStorage", id);
  const all = await two.call<string>("state_subscribeStorage", keys);
  await two.item(all);
  for (let i = 0; i < 2; i++) await one.item(await one.call("chain_subscribeNewHeads"));
  assert.deepEqual(await one.fail("chain_subscribeNewHeads"), busy);
  two.terminate();
  await until(() => budgets.followedKeys.used === 0);
  await one.item(await one.call("chain_subscribeNewHeads"));
});

test("answers that nobody takes are bounded for all clients together, and who takes least is cut off", async t => {
  const budgets = {
    ...createProcessBudgets(),
    answers: new Budget({limit: 6_000_000, reserve: 500_000, small: 500_000}),
  };
  const server = await startTestServer(t, {budgets});
  const honest = await server.connect();
  const batch = Array.from({length: 15}, (_, id) => ({
    jsonrpc: "2.0",
    id,
    method: "state_getStorage",
    params: ["0x626967"],
  }));
  const greedy = await Promise.all(Array.from({length: 4}, () => server.connect()));
  for (const {socket} of greedy) socket.pause();
  let highest = 0;
  for (const client of greedy) for (let i = 0; i < 20; i++) client.send(batch);
  while (server.server.connections > 3) {
    assert.equal(await honest.call("system_name"), "khala");
    highest = Math.max(highest, budgets.answers.used);
  }
  assert.ok(highest > 3_000_000 && highest <= 6_000_000, String(highest));
  for (const client of greedy) client.terminate();
  await until(() => budgets.answers.used === 0);
});
