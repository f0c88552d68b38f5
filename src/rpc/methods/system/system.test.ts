import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {encodeSs58} from "#crypto";
import {ALICE} from "../../test-kit/test-node.ts";
import {startTestServer} from "../../test-kit/test-server.ts";
import {toyExtrinsic} from "../../test-kit/toy-extrinsic.ts";

test("the node says what it is", async t => {
  const client = await (await startTestServer(t)).connect();
  const answers: Record<string, unknown> = {
    system_name: "khala",
    system_version: "0.0.0-test",
    system_chain: "Toy",
    system_chainType: "Development",
    system_properties: {ss58Format: 30, tokenDecimals: 12, tokenSymbol: "PHA"},
    system_health: {peers: 0, isSyncing: false, shouldHavePeers: false},
    system_nodeRoles: ["Authority"],
    system_syncState: {startingBlock: 0, currentBlock: 0, highestBlock: 0},
    system_localPeerId: "12D3KooW",
    system_localListenAddresses: [],
  };
  for (const [method, answer] of Object.entries(answers)) {
    assert.deepEqual(await client.call(method), answer);
  }
  const [peer] = await client.call<{bestHash: string}[]>("system_peers");
  assert.equal(peer?.bestHash, await client.call("chain_getBlockHash", 0));
});

test("the next nonce counts the transactions that wait, up to the first gap", async t => {
  const server = await startTestServer(t);
  const client = await server.connect();
  const alice = encodeSs58(ALICE.sr25519, 30);
  assert.equal(await client.call("system_accountNextIndex", alice), 0);
  for (const nonce of [0, 1, 3]) {
    const extrinsic = toyExtrinsic(ALICE.sr25519, nonce);
    await client.call("author_submitExtrinsic", bytesToHex(extrinsic));
  }
  await client.call("author_submitExtrinsic", bytesToHex(toyExtrinsic(new Uint8Array(32), 0)));
  assert.equal(await client.call("account_nextIndex", encodeSs58(ALICE.sr25519, 42)), 2);
  assert.deepEqual(await client.fail("system_accountNextIndex", "nobody"), {
    code: -32_602,
    message: "Invalid params",
    data: "account: expected an SS58 address of an account, found a string of 6 characters",
  });
});

test("a dry run answers the result's bytes, and what is no extrinsic is a decode error", async t => {
  const client = await (await startTestServer(t)).connect();
  assert.equal(await client.call("system_dryRun", "0x0400"), "0x0000");
  const error = await client.fail("system_dryRunAt", "0x08", null);
  assert.deepEqual([error.code, error.message], [2, "Unable to dry run extrinsic."]);
  const unknown = await client.fail("system_dryRun", "0x0400", `0x${"11".repeat(32)}`);
  assert.equal(unknown.code, 1);
});
