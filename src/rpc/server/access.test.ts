import assert from "node:assert/strict";
import {request} from "node:http";
import {test} from "node:test";
import {RpcClient} from "../test-kit/rpc-client.ts";
import {startTestServer} from "../test-kit/test-server.ts";
import {isLoopback} from "./host-policy.ts";
import {isOriginAllowed, parseOrigins} from "./origin-policy.ts";

const CALL = '{"jsonrpc":"2.0","id":1,"method":"system_name"}';

/** The status that a request with exactly these headers gets. `fetch` does not let one set `host`. */
function statusOf(
  port: number,
  headers: Record<string, string>,
  method = "POST",
): Promise<{status: number; headers: NodeJS.Dict<string | string[]>}> {
  return new Promise((resolve, reject) => {
    const sent = request({host: "127.0.0.1", port, method, headers}, response => {
      response.resume();
      response.on("end", () => resolve({status: response.statusCode!, headers: response.headers}));
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? CALL : undefined);
  });
}

const JSON_TYPE = {"content-type": "application/json"};

test("pages of this machine and the polkadot.js apps get in, others do not, by HTTP and WebSocket", async t => {
  const {address, url} = await startTestServer(t);
  for (const origin of ["http://localhost:3000", "https://127.0.0.1", "https://polkadot.js.org"]) {
    const reply = await statusOf(address.port, {...JSON_TYPE, origin});
    assert.equal(reply.status, 200);
    assert.equal(reply.headers["access-control-allow-origin"], origin);
    (await RpcClient.open(`ws://${url}`, {origin})).terminate();
  }
  for (const origin of [
    "https://example.org",
    "null",
    "http://localhost.example.org",
    "https://polkadot.js.org:8443",
    "https://polkadot.js.org.example.org",
    "http://127.0.0.1.example.org:80",
  ]) {
    assert.equal((await statusOf(address.port, {...JSON_TYPE, origin})).status, 403);
    await assert.rejects(RpcClient.open(`ws://${url}`, {origin}), /403/);
  }
});

test("a foreign name in Host is refused on a loopback listener: it is how DNS rebinding shows", async t => {
  const {address, url} = await startTestServer(t);
  const status = async (host: string) =>
    (await statusOf(address.port, {...JSON_TYPE, host})).status;
  assert.equal(await status("localhost:9944"), 200);
  assert.equal(await status("[::1]:9944"), 200);
  assert.equal(await status("evil.example"), 403);
  assert.equal(await status("evil.example:9944"), 403);
  await assert.rejects(RpcClient.open(`ws://${url}`, {host: "evil.example"}), /403/);
});

test("with all origins allowed every page and every name gets in", async t => {
  const {address} = await startTestServer(t, {origins: "all"});
  const headers = {...JSON_TYPE, origin: "https://example.org", host: "node.example"};
  assert.equal((await statusOf(address.port, headers)).status, 200);
});

test("a preflight says what a page may do, and only to pages that may", async t => {
  const {address} = await startTestServer(t);
  const asked = {
    origin: "https://polkadot.js.org",
    "access-control-request-method": "POST",
    "access-control-request-private-network": "true",
  };
  const allowed = await statusOf(address.port, asked, "OPTIONS");
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers["access-control-allow-headers"], "content-type");
  assert.equal(allowed.headers["access-control-allow-private-network"], "true");
  const refused = await statusOf(
    address.port,
    {...asked, origin: "https://example.org"},
    "OPTIONS",
  );
  assert.equal(refused.status, 403);
});

test("a body that a page could post without a preflight is refused", async t => {
  const {address} = await startTestServer(t);
  assert.equal((await statusOf(address.port, {"content-type": "text/plain"})).status, 415);
  assert.equal((await statusOf(address.port, {...JSON_TYPE}, "PUT")).status, 405);
});

test("origins are parsed from a flag, and what is no origin is named", () => {
  assert.deepEqual(parseOrigins("all"), {ok: true, value: "all"});
  assert.deepEqual(parseOrigins("https://A.example/, http://localhost:*"), {
    ok: true,
    value: ["https://a.example", "http://localhost:*"],
  });
  for (const origin of ["example.org", "https://", "https://a b", "https://a/path", "**"]) {
    assert.equal(parseOrigins(origin).ok, false, origin);
  }
  assert.ok(isOriginAllowed(["https://a.example:444"], "https://a.example:444"));
  assert.ok(!isOriginAllowed(["https://a.example"], "https://a.example:444"));
});

test("loopback is what cannot be reached from elsewhere", () => {
  for (const host of ["localhost", "127.0.0.1", "127.3.2.1", "::1"]) assert.ok(isLoopback(host));
  for (const host of ["0.0.0.0", "::", "127.example.org", "10.0.0.1"]) assert.ok(!isLoopback(host));
});

const UNSAFE = "RPC call is unsafe to be called externally";

test("with safe methods only, unsafe ones stay listed and are refused by the group's code", async t => {
  const client = await (await startTestServer(t, {methods: "safe"})).connect();
  const {methods} = await client.call<{methods: string[]}>("rpc_methods");
  for (const [method, code] of [
    ["author_rotateKeys", -32_601],
    ["author_insertKey", -32_601],
    ["system_peers", -32_601],
    ["system_dryRun", -32_601],
    ["engine_createBlock", -32_601],
    ["dev_newBlock", -32_601],
    ["state_getPairs", 4_003],
    ["state_queryStorage", 4_003],
  ] as const) {
    assert.ok(methods.includes(method));
    assert.deepEqual(await client.fail(method), {code, message: UNSAFE});
  }
  assert.deepEqual(await client.fail("state_subscribeStorage", null), {
    code: -32_601,
    message: UNSAFE,
  });
});

test("unsafe methods work on loopback by default, and wherever they are allowed", async t => {
  for (const methods of ["auto", "unsafe"] as const) {
    const client = await (await startTestServer(t, {methods})).connect();
    assert.equal((await client.call<unknown[]>("system_peers")).length, 1);
  }
});
