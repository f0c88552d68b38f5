import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {CODE_KEY} from "#primitives";
import {call, startChain, type TestBlock} from "#testing";
import {knownChain} from "./support/known-specs.ts";
import {statemine901} from "./support/statemine-901.ts";

const spec = await knownChain("rococo_v2_2_asset_hub");
const {genesis} = unwrap(parseChainSpec(spec)).spec;
assert.ok(genesis.kind === "raw");
const code901 = statemine901(genesis.top.get(CODE_KEY)!);
const pay = call("Balances.transfer_keep_alive", {dest: "bob", value: 1_000_000_000_000n});

test("a chain with a URL runs the genuine statemine, rehearsed, and is as it began after a reset", async () => {
  await using chain = await startChain({chain: spec, accounts: ["zoe"]});
  const before = chain.at().balanceOf("bob").free;
  for (let round = 0; round < 2; round++) {
    const paid = await chain.submit("zoe", pay);
    assert.deepEqual([paid.block, paid.error], [1, undefined]);
    assert.equal(chain.at().balanceOf("bob").free, before + 1_000_000_000_000n);
    await chain.reset();
    assert.deepEqual([chain.at().number, chain.at().balanceOf("bob").free], [0, before]);
  }
  assert.throws(() => chain.at().storage("Balances.Acount"), /did you mean Balances\.Account\?/);
});

test("a runtime whose metadata describes no APIs is asked by those that never changed, and says of others why not", async () => {
  await using chain = await startChain({chain: spec});
  const at = chain.at();
  assert.deepEqual(at.call("AuraApi.authorities"), ["alice"]);
  assert.equal(at.call("AccountNonceApi_account_nonce", "alice"), 0);
  assert.throws(
    () => at.call("TransactionPaymentApi.query_info"),
    /metadata, of version 14, describes no APIs, and what is known without are AuraApi\.slot_duration, /,
  );
});

test("what a transaction of it did is told by the names of its metadata, and what it weighs", async () => {
  await using chain = await startChain({chain: spec, accounts: ["zoe"]});
  const paid = await chain.submit("zoe", call("Utility.batch", {calls: [pay]}));
  const had = chain.at(0).balanceOf("bob").free;
  const told = paid.trace(3);
  assert.match(told, /^✓ Utility\.batch by zoe \(block 1, extrinsic 2\)/);
  assert.ok(
    told.includes("      #1 Balances.transfer_keep_alive {dest: bob, value: 1000000000000}"),
  );
  assert.ok(
    told.includes(`System.Account(bob): data.free ${had} → ${had + 1_000_000_000_000n}`),
    told,
  );
  assert.match(paid.trace(4), /\n {4}read {3}System\.Account\(zoe\) = \{nonce: 0, /);
  assert.ok(paid.weight!.refTime > 0n);
  assert.equal(paid.proofSize, paid.replay().proofSize);
  assert.ok(paid.proofSize! > 100);
  const failed = await chain.submit(
    "bob",
    call("Assets.mint", {id: 7, beneficiary: "bob", amount: 1n}),
  );
  failed.expectError("Token.UnknownAsset");
  assert.match(failed.trace(1), /Token\.UnknownAsset$/);
});

test("a call that governance makes by the relay chain's message is told of", async () => {
  await using chain = await startChain({chain: spec});
  const made = await chain.dispatch(
    "root",
    call("Assets.force_create", {
      id: 7,
      owner: "alice",
      isSufficient: true,
      minBalance: 1n,
    }),
  );
  assert.equal(made.how, "relay-message");
  const told = made.trace(3);
  assert.match(told, /Assets\.ForceCreated \{assetId: 7, owner: alice\}/);
  assert.match(told, /\n {2}logs\n {4}debug xcm::execute_xcm: origin: /);
  assert.match(told, /\n {4}Assets\.Asset\(7\): nothing → \{owner: alice, /);
});

test("its upgrade goes as the live chain's does, and what was there reads on", async () => {
  await using chain = await startChain({chain: spec, accounts: ["zoe"]});
  await chain.submit("zoe", pay);
  const had = chain.at().balanceOf("bob").free;
  const upgrade = await chain.upgrade(code901);
  assert.deepEqual([upgrade.from, upgrade.to], ["statemine 900", "statemine 901"]);
  assert.ok(upgrade.changed.some(({item}) => item === "System.LastRuntimeUpgrade"));
  assert.deepEqual(upgrade.leftBehind, []);
  assert.equal((chain.at().call("Metadata.metadata") as string).slice(0, 2), "0x");
  assert.equal((chain.at().constant("System.Version") as {specVersion: number}).specVersion, 901);
  assert.equal(chain.at().balanceOf("bob").free, had);
  // The last block of the old runtime has the new code in its state, and tells of it in the old one's words.
  const changed = upgrade.blocks.find(({what}) => what.endsWith("the code is there"))!.number;
  const versionAt = (block: TestBlock) =>
    (block.constant("System.Version") as {specVersion: number}).specVersion;
  assert.deepEqual([versionAt(chain.at(changed)), versionAt(chain.at(changed).parent)], [901, 900]);
  assert.equal(chain.at(changed).events("ParachainSystem.ValidationFunctionApplied").length, 1);
  (await chain.submit("zoe", pay)).expectSuccess();
  await assert.rejects(chain.upgrade(code901), /the code that the chain has already/);
  await assert.rejects(chain.upgrade(new Uint8Array([1, 2, 3])), /upgrade: /);
  await chain.reset();
  assert.equal((chain.at().constant("System.Version") as {specVersion: number}).specVersion, 900);
});

test("several collators take turns on it, each with a URL", async () => {
  await using chain = await startChain({chain: spec, nodes: 2});
  assert.equal(new Set(chain.urls).size, 2);
  assert.equal((await chain.submit("alice", pay)).error, undefined);
});
