import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {finalizedOf, until} from "../../support/network.ts";
import {RawClient} from "../support/raw-client.ts";

const SUDO_KEY = "0x5c0d1176a568c1f92944340dbfed9e9c530ebca703c85910e7164cb7d1c9e47b";
const SYSTEM = "0x26aa394eea5630e07c48ae0c9558cef7";
const UNKNOWN = `0x${"12".repeat(32)}`;

interface StorageEvent {
  readonly event: string;
  readonly key?: string;
  readonly value?: string;
  readonly type?: string;
}

let node: KhalaProcess;
let client: RawClient;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  client = await RawClient.open(node.url);
  await until("some blocks are final", async () => (await finalizedOf(node)) >= 3);
});
after(async () => {
  await client.close();
  await node.stop();
});

const archive = <T>(method: string, ...params: unknown[]) =>
  client.call<T>(`archive_v1_${method}`, ...params);

test("chain spec and archive name the genesis that the legacy methods name", async () => {
  const genesis = await client.call("chain_getBlockHash", 0);
  assert.equal(await archive("genesisHash"), genesis);
  assert.equal(await client.call("chainSpec_v1_genesisHash"), genesis);
  assert.equal(await client.call("chainSpec_v1_chainName"), await client.call("system_chain"));
  assert.deepEqual(
    await client.call("chainSpec_v1_properties"),
    await client.call("system_properties"),
  );
});

/** Everything of System and Sudo, as events. */
async function storageAt(hash: string): Promise<readonly StorageEvent[]> {
  const items = [
    {key: SYSTEM, type: "descendantsValues"},
    {key: SUDO_KEY, type: "value"},
  ];
  const {items: events} = await client.subscribe<StorageEvent>(
    "archive_v1_storage",
    hash,
    items,
    null,
  );
  await events.find("the end", ({event}) => event === "storageDone");
  return events.all;
}

test("a final height has one hash, and header, body, storage and calls there do not change", async () => {
  const height = await archive<number>("finalizedHeight");
  assert.ok(height >= 3);
  const look = async () => {
    const hashes = await archive<string[]>("hashByHeight", 2);
    assert.equal(hashes.length, 1);
    const [hash] = hashes;
    return [
      hash,
      await archive("header", hash),
      await archive("body", hash),
      await archive("call", hash, "Core_version", "0x"),
      (await storageAt(hash!)).filter(({event}) => event === "storage"),
    ];
  };
  const first = await look();
  assert.ok((first[4] as unknown[]).length > 5);
  assert.equal(first[0], await client.call("chain_getBlockHash", 2));
  await until(
    "the chain has grown",
    async () => (await archive<number>("finalizedHeight")) > height,
  );
  assert.deepEqual(await look(), first);
  assert.deepEqual(await archive("hashByHeight", 1_000_000), []);
});

test("of an unknown block there is null, and of an unknown function a failure", async () => {
  assert.equal(await archive("header", UNKNOWN), null);
  assert.equal(await archive("body", UNKNOWN), null);
  assert.equal(await archive("call", UNKNOWN, "Core_version", "0x"), null);
  const [hash] = await archive<string[]>("hashByHeight", 1);
  const failed = await archive<{success: boolean}>("call", hash, "No_such_fn", "0x");
  assert.equal(failed.success, false);
});

test("storage and its differences come as events and end", async () => {
  const [one, two] = [
    (await archive<string[]>("hashByHeight", 1))[0],
    (await archive<string[]>("hashByHeight", 2))[0],
  ];
  const items = [{key: SUDO_KEY, type: "value"}];
  const storage = await client.subscribe<StorageEvent>("archive_v1_storage", one, items, null);
  await storage.items.find("the end", ({event}) => event === "storageDone");
  assert.equal(storage.items.all[0]!.value, await client.call("state_getStorage", SUDO_KEY, one));
  const diff = await client.subscribe<StorageEvent>("archive_v1_storageDiff", two, null, one);
  await diff.items.find("the end", ({event}) => event === "storageDiffDone");
  const changed = diff.items.all.filter(({event}) => event === "storageDiff");
  assert.ok(changed.length > 0);
  assert.ok(changed.some(({type}) => type === "modified"));
  const valueAt = (key: string, hash: string) =>
    client.call<string | null>("state_getStorage", key, hash);
  for (const {key, value, type} of changed) {
    const [before, after] = [await valueAt(key!, one!), await valueAt(key!, two!)];
    assert.notEqual(before, after);
    assert.equal(value, after ?? before);
    assert.equal(type, before === null ? "added" : after === null ? "deleted" : "modified");
  }
});
