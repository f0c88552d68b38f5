import assert from "node:assert/strict";
import {test} from "node:test";
import {call} from "../transactions/call.ts";
import {startChain} from "./start-chain.ts";

test("a runtime is asked by the names that it describes, on the state of the block", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const first = chain.at();
  assert.deepEqual(first.call("AuraApi.authorities"), ["alice"]);
  assert.equal(first.call("AuraApi_slot_duration"), 500n);
  assert.equal(first.call("AccountNonceApi.account_nonce", "zoe"), 0);
  const sent = await chain.submit("zoe", call("System.remark", {remark: "0x00"}));
  assert.equal(sent.error, undefined);
  assert.equal(chain.at().call("AccountNonceApi.accountNonce", "zoe"), 1);
  assert.equal(first.call("AccountNonceApi.account_nonce", "zoe"), 0);
});

test("what a runtime does not offer, or is asked wrongly, is refused with what was meant", async () => {
  await using chain = await startChain();
  const at = chain.at();
  for (const [name, args, words] of [
    ["AuraApi.authoritys", [], /no runtime call AuraApi\.authoritys: did you mean AuraApi\.author/],
    ["AuraApi_authoritys", [], /did you mean AuraApi\.authorities\?/],
    ["AuraApi.x", [], /the API has slot_duration, authorities/],
    ["Nothing.at_all", [], /the chain has the APIs Core, /],
    ["AuraApi", [], /there is no runtime call AuraApi/],
    ["AccountNonceApi.account_nonce", [], /expected 1 arguments \(\w+\), not 0/],
    ["AccountNonceApi.account_nonce", ["alice", 2], /expected 1 arguments \(\w+\), not 2/],
    ["AccountNonceApi.account_nonce", [7], /account: expected 32 bytes of an account/],
  ] as const) {
    assert.throws(() => at.call(name, ...args), words);
  }
});
