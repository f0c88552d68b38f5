import assert from "node:assert/strict";
import {test} from "node:test";
import {seededRandom} from "#base";
import {type KhalaProcess, runKhala, startKhala} from "../support/khala-process.ts";
import {until} from "../support/network.ts";
import {type Call, connect, pairs} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

/** Of all that System keeps, the number of the block among it. */
const SYSTEM = "0x26aa394eea5630e07c48ae0c9558cef7";
const CODE = `0x${Buffer.from(":code").toString("hex")}`;

/** What comes of asking a node that ends meanwhile. */
const GONE = /fetch failed|terminated|ECONN/;

/** Has root do something on a chain whose blocks are made when asked, and makes some. */
async function asRoot(
  node: KhalaProcess,
  call: (api: Awaited<ReturnType<typeof connect>>) => Call,
): Promise<void> {
  const api = await connect(node.url);
  const alice = (await pairs())("//Alice");
  try {
    const signed = await api.tx.sudo.sudo(call(api)).signAsync(alice, {nonce: -1});
    await rpc(node.url, "author_submitExtrinsic", [signed.toHex()]);
    for (let block = 0; block < 3; block++) {
      await rpc(node.url, "engine_createBlock", [true, false]).catch(() => undefined);
    }
  } catch (error) {
    // A node that has ended answers nobody.
    if (node.child.exitCode === null && !GONE.test(String(error))) throw error;
  } finally {
    await api.disconnect();
  }
}

test("a chain whose runtime root removes ends with the reason, and says the same when started again", async () => {
  const base = await temporaryFolder("wiped");
  const args = ["dev", "--rpc-port=0", "--seal=manual", `--base-path=${base}`];
  const node = await startKhala(args);
  await asRoot(node, api => api.tx.system.killStorage([CODE]));
  assert.equal(await node.exited, 1);
  const said = node.lines.join("\n");
  assert.match(said, /^chain-ended: no block can follow block 1: the state holds no runtime/m);
  assert.match(said, /purge-chain/);
  assert.doesNotMatch(said, / {4}at |report/);
  const again = await runKhala(args);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /^chain-ended: no block can follow block 1/m);
  assert.doesNotMatch(again.stderr, / {4}at /);
});

test("a transaction that spoils the block it is in is found out and dropped, and others go in", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--param=slot=200ms"]);
  const api = await connect(node.url);
  const pair = await pairs();
  const signed = async (call: Call, uri: string) =>
    (await call.signAsync(pair(uri), {nonce: -1})).toHex();
  const wipe = api.tx.system.killPrefix(SYSTEM, 300);
  const spoiler = await signed(api.tx.sudo.sudo(wipe), "//Alice");
  const others = await Promise.all(
    ["//Bob", "//Charlie"].map(uri => signed(api.tx.system.remark("0x01"), uri)),
  );
  for (const transaction of [others[0]!, spoiler, others[1]!]) {
    await rpc(node.url, "author_submitExtrinsic", [transaction]);
  }
  await until("nothing waits any more", async () => {
    const pending = await rpc<string[]>(node.url, "author_pendingExtrinsics", []);
    return pending.length === 0;
  });
  for (const uri of ["//Bob", "//Charlie"]) {
    assert.equal((await api.rpc.system.accountNextIndex(pair(uri).address)).toNumber(), 1, uri);
  }
  const words = () => node.lines.filter(line => line.includes("transaction spoils the block"));
  await until("it is said", async () => words().length > 0);
  assert.equal(words().length, 1, words().join("\n"));
  await api.disconnect();
  assert.equal(await node.stop(), 0);
});

/** Begins the chain anew; false: the node ends, or has ended. */
async function goesBack(node: KhalaProcess): Promise<boolean> {
  const ends = () => node.child.exitCode !== null || node.lines.some(line => ENDING.test(line));
  try {
    const genesis = await rpc<string>(node.url, "chain_getBlockHash", [0]);
    await rpc(node.url, "dev_setHead", [genesis]);
    // What is answered by who ends comes behind what it says of that.
    await rpc(node.url, "system_health", []);
    return !ends();
  } catch (error) {
    if (!ends() && !GONE.test(String(error))) throw error;
    return false;
  }
}
const ENDING = /^chain-ended/;

test("whatever of the state root clears at random, the node goes on or ends with a report", async () => {
  const random = seededRandom(20_261_128);
  let node: KhalaProcess | undefined;
  for (let wipe = 0; wipe < 12; wipe++) {
    node ??= await startKhala(["dev", "--rpc-port=0", "--seal=manual"]);
    const keys = await rpc<string[]>(node.url, "state_getKeysPaged", ["0x", 500, null]);
    const chosen = keys.filter(() => random() < 0.05);
    await asRoot(node, api => api.tx.system.killStorage(chosen.slice(0, 20)));
    const goesOn = await goesBack(node);
    const code = goesOn ? undefined : await node.exited;
    const said = node.lines.join("\n");
    const where = `wipe ${wipe}: ${chosen.join()}\n${said}`;
    assert.doesNotMatch(said, /^(bug|node-broken): /m, where);
    assert.doesNotMatch(said, /a fault of this program/, where);
    if (goesOn) continue;
    assert.equal(code, 1, where);
    node = undefined;
  }
  await node?.stop();
});
