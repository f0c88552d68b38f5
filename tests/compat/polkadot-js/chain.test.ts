import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {until} from "../../support/network.ts";
import {RawClient} from "../support/raw-client.ts";
import {type Dev, startDev} from "./kit.ts";

let dev: Dev;
let raw: RawClient;
before(async () => {
  dev = await startDev("--param=slot=200ms");
  raw = await RawClient.open(dev.url);
});
after(async () => {
  await raw.close();
  await dev.close();
});

const height = async () => (await dev.api.rpc.chain.getHeader()).number.toNumber();

test("headers hash to the hash that they were asked by, and numbers are minimal", async () => {
  await until("there are twenty blocks", async () => (await height()) >= 20);
  for (let number = 0; number <= 20; number++) {
    const hash = await raw.call<string>("chain_getBlockHash", number);
    const json = await raw.call<{number: string}>("chain_getHeader", hash);
    assert.equal(json.number, `0x${number.toString(16)}`);
    assert.equal(dev.api.registry.createType("Header", json).hash.toHex(), hash);
  }
});

test("block hashes are asked for by nothing, a number, hex, padded hex and lists", async () => {
  const at = (...params: unknown[]) => raw.call("chain_getBlockHash", ...params);
  const [zero, one, five] = [await at(0), await at(1), await at(5)];
  assert.match(five as string, /^0x[0-9a-f]{64}$/);
  assert.equal(await at("0x5"), five);
  assert.equal(await at("0x00000005"), five);
  assert.deepEqual(await at([0, 1, 5]), [zero, one, five]);
  assert.equal(await at(1_000_000), null);
  assert.match((await at()) as string, /^0x[0-9a-f]{64}$/);
  assert.equal(await raw.call("chain_getHead", 5), five);
});

for (const name of ["chain_subscribeNewHead", "chain_subscribeNewHeads"]) {
  test(`${name} delivers the current head at once, as chain_newHead`, async () => {
    const client = await RawClient.open(dev.url);
    const {number} = await client.call<{number: string}>("chain_getHeader");
    const {items} = await client.subscribe<{number: string}>(name);
    const [first, second] = (await items.take(2)).map(header => Number(header.number));
    assert.ok(first! - Number(number) <= 1, "the head of then, or one that came between");
    assert.equal(second, first! + 1);
    assert.equal(client.notifications[0]!.method, "chain_newHead");
    await client.close();
  });
}

test("after unsubscribing nothing more comes, and a second time answers false", async () => {
  const client = await RawClient.open(dev.url);
  const gone = await client.subscribe("chain_subscribeNewHeads");
  const stays = await client.subscribe("chain_subscribeNewHeads");
  await gone.items.take(2);
  assert.equal(await client.call("chain_unsubscribeNewHeads", gone.id), true);
  const seen = gone.items.all.length;
  await stays.items.take(stays.items.all.length + 3);
  assert.equal(gone.items.all.length, seen);
  assert.equal(await client.call("chain_unsubscribeNewHeads", gone.id), false);
  await client.close();
});

test("new, final and all heads come one after the other, each a child of the last", async () => {
  const {chain} = dev.api.rpc;
  for (const subscribe of [
    chain.subscribeNewHeads,
    chain.subscribeFinalizedHeads,
    chain.subscribeAllHeads,
  ]) {
    const numbers: number[] = [];
    await new Promise<void>((resolve, reject) => {
      const stop = subscribe(header => {
        numbers.push(header.number.toNumber());
        if (numbers.length === 4) stop.then(unsubscribe => resolve(unsubscribe()), reject);
      });
      stop.catch(reject);
    });
    assert.deepEqual(
      numbers.map(number => number - numbers[0]!),
      [0, 1, 2, 3],
    );
  }
});
