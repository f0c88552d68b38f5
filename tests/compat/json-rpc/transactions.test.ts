import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {RawClient} from "../support/raw-client.ts";
import {signedTransfer} from "../support/signed-transfer.ts";

interface WatchEvent {
  readonly event: string;
  readonly block?: {readonly hash: string; readonly index: number} | null;
  readonly error?: string;
}

let node: KhalaProcess;
let client: RawClient;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  client = await RawClient.open(node.url);
});
after(async () => {
  await client.close();
  await node.stop();
});

test("garbage may be broadcast; it is stopped once, and a second time is an error", async () => {
  const id = await client.call("transaction_v1_broadcast", "0x1234");
  assert.equal(typeof id, "string");
  assert.equal(await client.call("transaction_v1_stop", id), null);
  assert.equal((await client.fail("transaction_v1_stop", id)).code, -32_602);
});

test("a broadcast transaction gets into a block", async () => {
  const {bytes} = await signedTransfer(node.url);
  const id = await client.call("transaction_v1_broadcast", bytes);
  let height = 0;
  await until("it is in a block", async () => {
    const hash = await client.call("chain_getBlockHash", height + 1);
    if (hash === null) return false;
    height++;
    const {block} = await client.call<{block: {extrinsics: string[]}}>("chain_getBlock", hash);
    return block.extrinsics.includes(bytes);
  });
  assert.equal(await client.call("transaction_v1_stop", id), null);
});

test("a watched transaction ends as final, with its place in the block", async () => {
  const {bytes} = await signedTransfer(node.url);
  const {items} = await client.subscribe<WatchEvent>("transactionWatch_v1_submitAndWatch", bytes);
  const {block} = await items.find("it is final", ({event}) => event === "finalized");
  assert.deepEqual(
    items.all.map(({event}) => event),
    ["validated", "bestChainBlockIncluded", "finalized"],
  );
  const {block: found} = await client.call<{block: {extrinsics: string[]}}>(
    "chain_getBlock",
    block!.hash,
  );
  assert.equal(found.extrinsics[block!.index], bytes);
});

test("a bad signature is an event, not an error", async () => {
  const {bytes} = await signedTransfer(node.url);
  const at = 2 + 4 + 4 + 64 + 2 + 10;
  const forged = `${bytes.slice(0, at)}${bytes[at] === "0" ? "1" : "0"}${bytes.slice(at + 1)}`;
  const {items} = await client.subscribe<WatchEvent>("transactionWatch_v1_submitAndWatch", forged);
  const [{event, error}] = (await items.take(1)) as [WatchEvent];
  assert.equal(event, "invalid");
  assert.match(error!, /signature/);
});
