import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {Header} from "@polkadot/types/interfaces";
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
    const head = async () =>
      Number((await client.call<{number: string}>("chain_getHeader")).number);
    const before = await head();
    const {items} = await client.subscribe<{number: string}>(name);
    const after = await head();
    assert.ok(items.all.length > 0, "it comes before the answer to what is asked next");
    const [first, second] = (await items.take(2)).map(header => Number(header.number));
    assert.ok(before <= first! && first! <= after, "the head of then");
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

type Heads = (listener: (header: Header) => void) => Promise<() => void>;

/** The first four that come. */
function fourOf(subscribe: Heads): Promise<Header[]> {
  const heads: Header[] = [];
  return new Promise((resolve, reject) => {
    const stop = subscribe(header => {
      if (heads.push(header) !== 4) return;
      stop.then(unsubscribe => {
        unsubscribe();
        resolve(heads);
      }, reject);
    });
    stop.catch(reject);
  });
}

test("new and all heads come one after the other, each a child of the last; final ones rise on one chain", async () => {
  const {chain} = dev.api.rpc;
  for (const subscribe of [chain.subscribeNewHeads, chain.subscribeAllHeads]) {
    const heads = await fourOf(subscribe);
    assert.deepEqual(
      heads.slice(1).map(({parentHash}) => parentHash.toHex()),
      heads.slice(0, 3).map(({hash}) => hash.toHex()),
    );
  }
  const final = await fourOf(chain.subscribeFinalizedHeads);
  const numbers = final.map(({number}) => number.toNumber());
  // Of blocks that become final together the last one is told.
  assert.ok(
    numbers.slice(1).every((number, i) => number > numbers[i]!),
    numbers.join(),
  );
  for (const {number, hash} of final) {
    assert.equal((await chain.getBlockHash(number.unwrap())).toHex(), hash.toHex());
  }
});
