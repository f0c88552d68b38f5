import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {link, mkdtemp, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {WebSocket} from "ws";
import {silentLogger} from "#base";
import {callOverSocket} from "../test-kit/call-over-socket.ts";
import {createTestNode} from "../test-kit/test-node.ts";
import {RpcServer} from "./rpc-server.ts";

function createServer(): RpcServer {
  const node = createTestNode();
  return new RpcServer(
    {methods: "safe"},
    {...node, randomBytes: length => randomBytes(length), logger: silentLogger},
  );
}

test("over the socket its owner may call unsafe methods, by HTTP and WebSocket; nobody else may open it", async t => {
  const folder = await mkdtemp(join(tmpdir(), "khala-socket-"));
  t.after(() => rm(folder, {recursive: true, force: true}));
  const path = join(folder, "rpc.sock");
  const server = createServer();
  assert.deepEqual(await server.listenAt(path), {ok: true, value: undefined});
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.match(String((await callOverSocket(path, "author_rotateKeys")).result), /^0x/);
  const socket = new WebSocket(`ws+unix://${path}`);
  const reply = await new Promise<string>((resolve, reject) => {
    socket.on("open", () => socket.send('{"jsonrpc":"2.0","id":1,"method":"system_peers"}'));
    socket.on("message", data => resolve(String(data)));
    socket.on("error", reject);
  });
  assert.ok("result" in JSON.parse(reply));
  socket.terminate();
  await server.close();
  await assert.rejects(stat(path));
});

test("a socket that a killed node left is replaced, that of a living one and anything else are not", async t => {
  const folder = await mkdtemp(join(tmpdir(), "khala-socket-"));
  t.after(() => rm(folder, {recursive: true, force: true}));
  const path = join(folder, "rpc.sock");
  const [first, second] = [createServer(), createServer()];
  assert.ok((await first.listenAt(path)).ok);
  const left = join(folder, "left");
  await link(path, left);
  const live = await second.listenAt(path);
  assert.ok(!live.ok && live.error.code === "socket-in-use");
  assert.equal((await callOverSocket(path, "system_name")).result, "khala");
  await first.close();
  assert.ok((await stat(left)).isSocket());
  assert.ok((await second.listenAt(left)).ok);
  assert.equal((await callOverSocket(left, "system_name")).result, "khala");
  await second.close();
  const file = join(folder, "file");
  await writeFile(file, "mine");
  const refused = await createServer().listenAt(file);
  assert.ok(!refused.ok && refused.error.code === "path-taken");
  const long = await createServer().listenAt(join(folder, "x".repeat(100)));
  assert.ok(!long.ok && long.error.code === "path-too-long");
  const nowhere = await createServer().listenAt(join(folder, "none", "rpc.sock"));
  assert.ok(!nowhere.ok && nowhere.error.code === "socket-refused");
});
