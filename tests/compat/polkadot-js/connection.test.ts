import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {post, RawClient} from "../support/raw-client.ts";
import {connectListening, type Dev, startDev} from "./kit.ts";

let dev: Dev;
before(async () => {
  dev = await startDev("--param=slot=200ms");
});
after(() => dev.close());

const request = (id: number, method: string, ...params: unknown[]) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

test("the client is ready without an error, on the chain whose genesis it asked for", async () => {
  const {api, errors} = await connectListening(dev.url);
  assert.deepEqual(errors, []);
  const {result} = await post(dev.url, request(1, "chain_getBlockHash", 0));
  assert.equal(api.genesisHash.toHex(), result);
  assert.equal(api.runtimeVersion.specName.toString(), "khala-ts");
  assert.equal(api.registry.chainSS58, 30);
  assert.deepEqual(api.registry.chainDecimals, [12]);
  assert.deepEqual(api.registry.chainTokens, ["PHA"]);
  await api.disconnect();
});

test("every listed method is listed once, and none of them is unknown", async () => {
  const client = await RawClient.open(dev.url);
  const {methods} = await client.call<{methods: string[]}>("rpc_methods");
  assert.equal(new Set(methods).size, methods.length);
  for (const method of methods) {
    const {error} = await client.reply(method);
    assert.notEqual(error?.message, "Method not found", method);
  }
  await client.close();
});

test("an unknown method is -32601, over HTTP and over WebSocket", async () => {
  const client = await RawClient.open(dev.url);
  const expected = {code: -32_601, message: "Method not found"};
  assert.deepEqual(await client.fail("chain_getNothing"), expected);
  assert.deepEqual((await post(dev.url, request(1, "chain_getNothing"))).error, expected);
  await client.close();
});

test("a batch of ten is answered with ten, over HTTP and over WebSocket", async () => {
  const batch = [
    request(0, "system_chain"),
    request(1, "chain_getBlockHash", 0),
    request(2, "no_such"),
    request(3, "state_getRuntimeVersion"),
    request(4, "system_properties"),
    request(5, "chain_getHeader"),
    request(6, "state_call", "Core_version", "0x"),
    request(7, "rpc_methods"),
    request(8, "state_getStorage"),
    request(9, "system_health"),
  ];
  const client = await RawClient.open(dev.url);
  for (const replies of [await client.batch(batch), await post<unknown[]>(dev.url, batch)]) {
    const shapes = (replies as {id: number; error?: {code: number}}[]).map(({id, error}) => [
      id,
      error?.code,
    ]);
    shapes.sort(([a], [b]) => a! - b!);
    const code = (id: number) => ({2: -32_601, 8: -32_602})[id];
    assert.deepEqual(
      shapes,
      batch.map(({id}) => [id, code(id)]),
    );
  }
  await client.close();
});

test("two clients with equal ids see their own replies and notifications only", async () => {
  const [one, two] = [await RawClient.open(dev.url), await RawClient.open(dev.url)];
  const [name, chain] = await Promise.all([one.call("system_name"), two.call("system_chain")]);
  assert.equal(chain, "Khala Development");
  assert.notEqual(name, chain);
  const [heads, storage] = await Promise.all([
    one.subscribe<{number: string}>("chain_subscribeNewHeads"),
    two.subscribe<{changes: unknown[]}>("state_subscribeStorage", [
      dev.api.query.timestamp.now.key(),
    ]),
  ]);
  await Promise.all([heads.items.take(4), storage.items.take(4)]);
  assert.deepEqual(
    new Set(one.notifications.map(({method}) => method)),
    new Set(["chain_newHead"]),
  );
  assert.deepEqual(
    new Set(two.notifications.map(({method}) => method)),
    new Set(["state_storage"]),
  );
  await Promise.all([one.close(), two.close()]);
});
