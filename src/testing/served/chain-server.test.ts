import assert from "node:assert/strict";
import {test} from "node:test";
import {WebSocket} from "ws";
import {call} from "../transactions/call.ts";
import {startChainServer} from "./chain-server.ts";

async function post(url: string, method: string): Promise<{status: number; text: string}> {
  const answer = await fetch(url.replace("ws:", "http:"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({id: 1, jsonrpc: "2.0", method, params: []}),
  });
  return {status: answer.status, text: await answer.text()};
}

test("each path has a chain of its own, made at the first request and the same at each after", async () => {
  await using server = await startChainServer();
  assert.deepEqual(server.paths, []);
  const height = async (path: string) => {
    const {text} = await post(`${server.url}${path}`, "chain_getHeader");
    return Number((JSON.parse(text) as {result: {number: string}}).result.number);
  };
  assert.deepEqual(await Promise.all([height("/1"), height("/1"), height("/two")]), [0, 0, 0]);
  assert.deepEqual([...server.paths].sort(), ["/1", "/two"]);
  await server.chain("/1")!.submit("alice", call("System.remark", {remark: "0x00"}));
  assert.deepEqual([await height("/1"), await height("/two")], [1, 0]);
});

test("a WebSocket reaches the chain of its path, and hears what happens there", async () => {
  await using server = await startChainServer();
  const socket = new WebSocket(`${server.url}/7`);
  const heard: string[] = [];
  const heads = new Promise<void>(resolve => {
    socket.on("message", text => {
      heard.push(String(text));
      if (heard.some(one => one.includes('"number":"0x1"'))) resolve();
    });
  });
  await new Promise(resolve => socket.on("open", resolve));
  socket.send('{"id": 1, "jsonrpc": "2.0", "method": "chain_subscribeNewHeads", "params": []}');
  while (server.chain("/7")?.openWatchers()[0]?.subscription === undefined) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await server.chain("/7")!.submit("alice", call("System.remark", {remark: "0x00"}));
  await heads;
  const closed = new Promise(resolve => socket.on("close", resolve));
  await server.stop();
  await closed;
});

test("a path that is none, or one chain too many, is refused in words", async () => {
  await using server = await startChainServer({most: 1});
  for (const path of ["", "/", "/a/b", "/a?b", `/${"x".repeat(65)}`, "/%2e"]) {
    const {status, text} = await post(`${server.url}${path}`, "system_chain");
    assert.equal(status, 404, path);
    assert.match(text, /a path of one word is asked for/);
  }
  assert.deepEqual(server.paths, []);
  assert.equal((await post(`${server.url}/1`, "system_chain")).status, 200);
  const {status, text} = await post(`${server.url}/2`, "system_chain");
  assert.deepEqual([status, text], [404, "there are 1 chains already, and no more are made\n"]);
  const socket = new WebSocket(`${server.url}/2`);
  const [refused] = await new Promise<[Error]>(resolve =>
    socket.on("error", error => resolve([error])),
  );
  assert.match(refused.message, /404/);
});

test("a page of another site is kept out as the chain itself keeps it out", async () => {
  await using server = await startChainServer();
  const answer = await fetch(`${server.url.replace("ws:", "http:")}/1`, {
    method: "POST",
    headers: {"content-type": "application/json", origin: "https://elsewhere.example"},
    body: '{"id": 1, "jsonrpc": "2.0", "method": "system_chain", "params": []}',
  });
  assert.equal(answer.status, 403);
});

test("a wrong option is refused", async () => {
  await assert.rejects(startChainServer({nodes: 3} as object), /has no option nodes/);
  await assert.rejects(startChainServer({sael: "manual"} as object), /did you mean seal\?/);
  await assert.rejects(startChainServer({most: 0}), /most is a number of chains, not 0/);
  await assert.rejects(startChainServer({port: -1}), /port is 0 to 65535, not -1/);
});
