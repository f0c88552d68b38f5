import assert from "node:assert/strict";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {freePort} from "../../support/free-port.ts";
import {type KhalaProcess, startKhala} from "../../support/khala-process.ts";
import {until} from "../../support/network.ts";
import {type Program, startProgram} from "../support/program.ts";
import {post, RawClient} from "../support/raw-client.ts";

/**
 * Chopsticks forks a running chain: it takes blocks and storage from the node and runs the WebAssembly under `:code`
 * itself. Ours is a small module that answers what light clients and wallets ask (versions, metadata, nonces, fees,
 * validity of transactions); our runtime is not in it. So everything works that reads, overrides or calls those
 * functions, and nothing that executes a block: for that `:code` would have to be the whole runtime.
 */
const SUDO_KEY = "0x5c0d1176a568c1f92944340dbfed9e9c530ebca703c85910e7164cb7d1c9e47b";
const ALICE = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const BOB = "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";

let node: KhalaProcess;
let program: Program;
let fork: RawClient;
let real: RawClient;
before(async () => {
  node = await startKhala(["dev", "--rpc-port=0", "--seal=manual"]);
  await post(node.url, {jsonrpc: "2.0", id: 1, method: "dev_newBlock", params: [{count: 3}]});
  const port = await freePort();
  const main = join("node_modules", "@acala-network", "chopsticks", "chopsticks.cjs");
  program = await startProgram(
    [main, `--endpoint=${node.url}`, `--port=${port}`, "--host=127.0.0.1"],
    /RPC listening on/,
    {cwd: dirname(fileURLToPath(import.meta.url))},
  );
  fork = await RawClient.open(`ws://127.0.0.1:${port}`);
  real = await RawClient.open(node.url);
});
after(async () => {
  await fork?.close();
  await real?.close();
  await program?.stop();
  await node?.stop();
});

const same = async (method: string, ...params: unknown[]) =>
  assert.deepEqual(
    await fork.call(method, ...params),
    await real.call(method, ...params),
    `${method} ${params.join()}`,
  );

test("the fork begins at our head, with our name, properties, blocks and metadata", async () => {
  await same("system_chain");
  await same("system_properties");
  await same("chain_getBlockHash", 2);
  await same("chain_getFinalizedHead");
  await same("state_getMetadata");
  const hash = await real.call("chain_getBlockHash", 3);
  type Body = {block: {extrinsics: string[]}};
  const [forked, ours] = await Promise.all([
    fork.call<Body>("chain_getBlock", hash),
    real.call<Body>("chain_getBlock", hash),
  ]);
  assert.deepEqual(forked.block.extrinsics, ours.block.extrinsics);
});

test("it reads our storage, by key and in pages", async () => {
  await same("state_getStorage", SUDO_KEY);
  await same("state_getStorage", "0x3a636f6465");
  const accounts = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
  await same("state_getKeysPaged", accounts, 100);
});

test("it runs what our code has: versions, metadata, nonces, fees", async () => {
  await same("state_getRuntimeVersion");
  await same("state_call", "Core_version", "0x");
  await same("state_call", "Metadata_metadata_versions", "0x");
  await same("state_call", "Metadata_metadata_at_version", "0x0f000000");
  await same("state_call", "AccountNonceApi_account_nonce", ALICE);
  await same("state_call", "AuraApi_authorities", "0x");
});

test("storage can be overridden, in the fork alone", async () => {
  await fork.call("dev_setStorage", [[SUDO_KEY, BOB]]);
  assert.equal(await fork.call("state_getStorage", SUDO_KEY), BOB);
  assert.equal(await real.call("state_getStorage", SUDO_KEY), ALICE);
});

test("it can make no block, since Core_initialize_block is not in our code", async () => {
  const {number} = await fork.call<{number: string}>("chain_getHeader");
  await fork.call("dev_newBlock");
  await until("it says why", async () =>
    program.lines.some(line => line.includes("Function to start was not found")),
  );
  assert.equal((await fork.call<{number: string}>("chain_getHeader")).number, number);
});
