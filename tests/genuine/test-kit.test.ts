import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startChain} from "#testing";
import {knownChain} from "./support/known-specs.ts";

const spec = await knownChain("rococo_v2_2_asset_hub");
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

test("several collators take turns on it, each with a URL", async () => {
  await using chain = await startChain({chain: spec, nodes: 2});
  assert.equal(new Set(chain.urls).size, 2);
  assert.equal((await chain.submit("alice", pay)).error, undefined);
});
