import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {u8aToHex} from "@polkadot/util";
import {blake2AsHex} from "@polkadot/util-crypto";
import {until} from "../../support/network.ts";
import {RawClient} from "../support/raw-client.ts";
import {valuesProved} from "../support/read-proof.ts";
import {type Dev, PHA, pairOf, startDev} from "./kit.ts";

const alice = pairOf("//Alice");
const ABSENT = `0x${"12".repeat(32)}`;

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

test("a query answers what raw storage holds under the same key", async () => {
  const {account} = dev.api.query.system;
  const value = await account(alice.address);
  assert.equal(value.data.free.toBigInt(), 1_000_000n * PHA);
  const stored = await raw.call<string>("state_getStorage", account.key(alice.address));
  assert.equal(value.toHex(), stored);
});

test("genesis and block 1 can be queried by their hash, with the runtime of their parents", async () => {
  const {api} = dev;
  await until("there is a block", async () => !(await api.query.system.number()).isZero());
  for (const number of [0, 1]) {
    const at = await api.at(await api.rpc.chain.getBlockHash(number));
    assert.equal((await at.query.system.number()).toNumber(), number);
    assert.equal(at.runtimeVersion.specName.toString(), "khala-ts");
  }
});

test("hash and size are those of the value, and null where there is none", async () => {
  const {key} = dev.api.query.sudo;
  const value = (await dev.api.rpc.state.getStorage(key.key())) as unknown as {
    toU8a(b: boolean): Uint8Array;
  };
  const bytes = value.toU8a(true);
  assert.equal((await key.hash()).toHex(), blake2AsHex(bytes));
  assert.equal((await key.size()).toNumber(), bytes.length);
  assert.equal(await raw.call("state_getStorageHash", ABSENT), null);
  assert.equal(await raw.call("state_getStorageSize", ABSENT), null);
});

test("a query of several keys lists them in the order of the request, missing ones as null", async () => {
  const sudo = dev.api.query.sudo.key.key();
  const now = dev.api.query.timestamp.now.key();
  const keys = [now, ABSENT, sudo];
  const [set] = await raw.call<{changes: [string, string | null][]}[]>(
    "state_queryStorageAt",
    keys,
  );
  assert.deepEqual(
    set!.changes.map(([key]) => key),
    keys,
  );
  assert.equal(set!.changes[1]![1], null);
  assert.equal(set!.changes[2]![1], u8aToHex(alice.publicKey));
});

test("a storage subscription sends all keys first, then what changed, in the block where it did", async () => {
  const client = await RawClient.open(dev.url);
  const now = dev.api.query.timestamp.now.key();
  const sudo = dev.api.query.sudo.key.key();
  const {items} = await client.subscribe<{block: string; changes: [string, string][]}>(
    "state_subscribeStorage",
    [sudo, now],
  );
  const [first, ...later] = await items.take(4);
  assert.deepEqual(
    first!.changes.map(([key]) => key),
    [sudo, now],
  );
  for (const {block, changes} of later) {
    assert.deepEqual(changes, [[now, await client.call("state_getStorage", now, block)]]);
    const {parentHash} = await client.call<{parentHash: string}>("chain_getHeader", block);
    assert.notEqual(await client.call("state_getStorage", now, parentHash), changes[0]![1]);
  }
  await client.close();
});

test("a read proof holds against the state root of the header", async () => {
  const at = await dev.api.rpc.chain.getBlockHash(1);
  const {stateRoot} = await dev.api.rpc.chain.getHeader(at);
  const keys = [dev.api.query.sudo.key.key(), ABSENT];
  const {at: block, proof} = await dev.api.rpc.state.getReadProof(keys, at);
  assert.equal(block.toHex(), at.toHex());
  const nodes = proof.map(node => node.toU8a(true));
  assert.deepEqual(valuesProved(stateRoot.toHex(), nodes, keys), [
    u8aToHex(alice.publicKey),
    undefined,
  ]);
});

test("an unknown runtime function is an error of the call", async () => {
  const {code, message} = await raw.fail("state_call", "No_such_fn", "0x");
  assert.equal(code, 4_003);
  assert.match(message, /No_such_fn/);
});

test("the runtime version is what the runtime says itself, its APIs as a list", async () => {
  const bytes = await raw.call<string>("state_call", "Core_version", "0x");
  const json = await raw.call<{apis: unknown}>("state_getRuntimeVersion");
  assert.ok(Array.isArray(json.apis));
  const {registry} = dev.api;
  const [said, told] = [
    registry.createType("RuntimeVersion", bytes),
    registry.createType("RuntimeVersion", json),
  ];
  assert.deepEqual(said.toJSON(), told.toJSON());
  assert.deepEqual(said.toJSON(), dev.api.runtimeVersion.toJSON());
});

test("no arguments can be written as nothing and as 0x", async () => {
  const [nothing, hex] = await Promise.all([
    raw.call("state_call", "Metadata_metadata_versions", ""),
    raw.call("state_call", "Metadata_metadata_versions", "0x"),
  ]);
  assert.equal(nothing, hex);
});
