import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {ApiPromise, Keyring, WsProvider} from "@polkadot/api";
import type {ProviderInterface} from "@polkadot/rpc-provider/types";
import {cryptoWaitReady} from "@polkadot/util-crypto";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {failRpc, rpc} from "../support/rpc.ts";

const SESSION = 5;
const PHA = 10n ** 12n;

let keyring: Keyring;

before(async () => {
  await cryptoWaitReady();
  keyring = new Keyring({type: "sr25519", ss58Format: 30});
});

const open: {node: KhalaProcess; api: ApiPromise}[] = [];
after(async () => {
  for (const {api, node} of open) {
    await api.disconnect();
    await node.stop();
  }
});

async function dev(...args: string[]): Promise<{node: KhalaProcess; api: ApiPromise}> {
  const node = await startKhala(["dev", "--rpc-port=0", ...args]);
  const provider = new WsProvider(node.url) as unknown as ProviderInterface;
  const api = await ApiPromise.create({provider, noInitWarn: true});
  open.push({node, api});
  return {node, api};
}

async function best(api: ApiPromise): Promise<number> {
  return (await api.rpc.chain.getHeader()).number.toNumber();
}

async function timestamps(api: ApiPromise, upTo: number): Promise<number[]> {
  const times: number[] = [];
  for (let number = 1; number <= upTo; number++) {
    const at = await api.at(await api.rpc.chain.getBlockHash(number));
    times.push(Number((await at.query.timestamp!.now!()).toString()));
  }
  return times;
}

test("instant seal includes each transaction at once, rotation blocks notwithstanding, and makes no block without one", async () => {
  const {api} = await dev("--seal=instant", `--param=session=${SESSION}`);
  const alice = keyring.addFromUri("//Alice");
  const bob = keyring.addFromUri("//Bob").address;
  assert.equal(await best(api), 0);
  for (let nonce = 0; nonce < 3 * SESSION; nonce++) {
    const statuses: string[] = [];
    const signed = await api.tx.balances!.transferKeepAlive!(bob, PHA).signAsync(alice, {nonce});
    // As the node tells them: a client that reads each one's block drops a status when the next one is quicker.
    await new Promise<void>((resolve, reject) => {
      api.rpc.author
        .submitAndWatchExtrinsic(signed, status => {
          statuses.push(status.type);
          if (status.isFinalized) resolve();
        })
        .catch(reject);
    });
    assert.deepEqual(
      statuses.filter(status => status !== "Broadcast"),
      ["Ready", "InBlock", "Finalized"],
    );
  }
  const height = await best(api);
  // Each rotation costs one block that no ordinary transaction fits in.
  assert.ok(height > 3 * SESSION && height <= 5 * SESSION, `${height} blocks`);
  const pending = await api.rpc.author.pendingExtrinsics();
  assert.equal(pending.length, 0);
  const times = await timestamps(api, height);
  for (const [i, time] of times.entries()) {
    if (i > 0) assert.equal(Math.floor(time / 500) - Math.floor(times[i - 1]! / 500) >= 1, true);
  }
});

test("manual seal makes a block when asked, with transactions or empty, and none by itself", async () => {
  const {node, api} = await dev("--seal=manual");
  const alice = keyring.addFromUri("//Alice");
  await api.tx.system!.remarkWithEvent!("0x01").signAndSend(alice);
  assert.equal(await best(api), 0);
  const created = await rpc<{hash: string}>(node.url, "engine_createBlock", [false, true]);
  const block = await api.rpc.chain.getBlock(created.hash);
  assert.equal(block.block.extrinsics.length, 2);
  await assert.rejects(rpc(node.url, "engine_createBlock", [false, true]));
  await rpc(node.url, "engine_createBlock", [true, true]);
  await rpc(node.url, "dev_newBlock", [{count: 10}]);
  assert.equal(await best(api), 12);
  await rpc(node.url, "dev_newBlock", [{to: 20}]);
  assert.equal(await best(api), 20);
  const session = await rpc<{index: number; nextRotationBlock: number}>(
    node.url,
    "khala_sessionInfo",
    [],
  );
  assert.equal(session.nextRotationBlock, 40);
});

test("interval seal makes blocks in their time, each in a slot of its own", async () => {
  const {api} = await dev("--seal=interval=20");
  while ((await best(api)) < 10) await new Promise(resolve => setTimeout(resolve, 20));
  const times = await timestamps(api, 10);
  const slots = times.map(time => Math.floor(time / 500));
  assert.equal(new Set(slots).size, slots.length);
  assert.deepEqual(
    slots,
    [...slots].sort((a, b) => a - b),
  );
});

test("an unsafe method is refused where the policy says so, and a foreign page but on dev chains", async () => {
  const asPage = async (url: string) => {
    const response = await fetch(url.replace("ws://", "http://"), {
      method: "POST",
      headers: {"content-type": "application/json", origin: "https://example.org"},
      body: '{"jsonrpc":"2.0","id":1,"method":"system_name","params":[]}',
    });
    return response.status;
  };
  for (const [chain, ...flags] of [
    ["local", "--tmp"],
    ["dev", "--tmp", "--rpc-cors=http://localhost:*"],
  ]) {
    const node = await startKhala([
      `--chain=${chain}`,
      ...flags,
      "--rpc-port=0",
      "--port=0",
      "--rpc-methods=safe",
    ]);
    await assert.rejects(
      rpc(node.url, "author_rotateKeys", []),
      /RPC call is unsafe to be called externally/,
    );
    assert.equal(await asPage(node.url), 403);
    assert.equal(await node.stop(), 0);
  }
  const open = await startKhala(["dev", "--rpc-port=0", "--port=0"]);
  assert.equal(await asPage(open.url), 200);
  assert.equal(await open.stop(), 0);
});

test("a mortal transaction passes a dry run that leaves no trace", async () => {
  const {api} = await dev("--param=slot=100ms");
  const alice = keyring.addFromUri("//Alice");
  while ((await best(api)) < 2) await new Promise(resolve => setTimeout(resolve, 20));
  const before = await api.rpc.system.accountNextIndex(alice.address);
  const call = api.tx.balances!.transferKeepAlive!(keyring.addFromUri("//Bob").address, PHA);
  const outcome = await call.dryRun(alice);
  assert.ok(outcome.isOk && outcome.asOk.isOk, outcome.toString());
  const after = await api.rpc.system.accountNextIndex(alice.address);
  assert.equal(after.toNumber(), before.toNumber());
});

const finalNumber = async (node: KhalaProcess): Promise<number> => {
  const hash = await rpc<string>(node.url, "chain_getFinalizedHead", []);
  return Number((await rpc<{number: string}>(node.url, "chain_getHeader", [hash])).number);
};
const create = (node: KhalaProcess, isFinal: boolean, parent?: string) =>
  rpc<{hash: string; aux: {is_new_best: boolean}}>(node.url, "engine_createBlock", [
    true,
    isFinal,
    ...(parent === undefined ? [] : [parent]),
  ]);

test("a block is final when the answer comes, or stays as it is until somebody asks for more", async () => {
  const {node} = await dev("--seal=manual");
  await create(node, true);
  assert.equal(await finalNumber(node), 1);
  const second = await create(node, false);
  await create(node, false);
  // More than the rounds that the first one took.
  await new Promise(resolve => setTimeout(resolve, 1_500));
  assert.equal(await finalNumber(node), 1);
  assert.equal(await rpc(node.url, "engine_finalizeBlock", [second.hash]), true);
  assert.equal(await finalNumber(node), 2);
  await new Promise(resolve => setTimeout(resolve, 1_000));
  assert.equal(await finalNumber(node), 2, "what stands above it was not asked for");
  await create(node, true);
  assert.equal(await finalNumber(node), 4);
});

test("a parent makes a sibling, forks are made by hand, and a refusal gives its true reason", async () => {
  const {node} = await dev("--seal=manual");
  const one = await create(node, true);
  const a2 = await create(node, false);
  const b2 = await create(node, false, one.hash);
  assert.notEqual(b2.hash, a2.hash);
  assert.deepEqual(
    [a2, b2].map(({aux}) => aux.is_new_best),
    [true, false],
  );
  const b3 = await create(node, false, b2.hash);
  assert.equal(b3.aux.is_new_best, true);
  assert.equal(await rpc(node.url, "chain_getBlockHash", [2]), b2.hash, "the longer fork wins");
  const refused = async (hash: string) =>
    (await failRpc(node.url, "engine_createBlock", [true, false, hash])).message;
  const losing = await failRpc(node.url, "engine_finalizeBlock", [a2.hash]);
  assert.match(losing.message, /is not on the best chain/);
  await rpc(node.url, "engine_finalizeBlock", [b3.hash]);
  const genesis = await rpc<string>(node.url, "chain_getBlockHash", [0]);
  assert.match(await refused(genesis), /block 0 0x\w+ is below what is final, block 3/);
  assert.match(await refused(a2.hash), /is below what is final/);
  assert.match(await refused(`0x${"77".repeat(32)}`), /Block not found/);
});
