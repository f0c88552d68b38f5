import assert from "node:assert/strict";
import {test} from "node:test";
import {binaryToBytes, bytesToHex} from "#base";
import {itemKey} from "#primitives";
import {createTestCrypto} from "../accounts/test-crypto.ts";
import {call} from "../transactions/call.ts";
import {startChain} from "./start-chain.ts";

const pay = (dest: string, value: bigint) => call("Balances.transfer_keep_alive", {dest, value});
const TOO_MUCH = 10n ** 30n;

/** What stands under a heading of a trace. */
function under(trace: string, heading: string): readonly string[] {
  const lines = trace.split("\n");
  const from = lines.indexOf(`  ${heading}`);
  const rest = lines.slice(from + 1);
  const end = rest.findIndex(line => !line.startsWith("    "));
  return from < 0 ? [] : (end < 0 ? rest : rest.slice(0, end)).map(line => line.slice(4));
}

test("a trace tells of a transaction as much as is asked for, by names", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  // What is traced is not what the state was at first.
  await chain.submit("alice", pay("bob", 7n));
  const inner = call("Sudo.sudo", {call: pay("carol", TOO_MUCH)});
  const batch = await chain.submit("zoe", call("Utility.batch", {calls: [pay("bob", 5n), inner]}));
  assert.equal(batch.trace(1), "✓ Utility.batch by zoe (block 2, extrinsic 1)");
  assert.ok(
    under(batch.trace(2), "events").includes("Balances.Transfer {from: zoe, to: bob, amount: 5}"),
  );
  assert.deepEqual(under(batch.trace(2), "calls"), []);
  const third = batch.trace(3);
  assert.deepEqual(under(third, "calls"), [
    "Utility.batch {calls: [#1, #2]}",
    "  #1 Balances.transfer_keep_alive {dest: bob, value: 5}",
    "  #2 Sudo.sudo {call: #1}",
    "       #1 Balances.transfer_keep_alive {dest: carol, value: 1000000000000000000000000000000}",
  ]);
  const had = chain.at(1).balanceOf("bob").free;
  assert.ok(
    under(third, "written").includes(`System.Account(bob): data.free ${had} → ${had + 5n}`),
    third,
  );
  assert.match(
    third,
    /^ {2}weight {3}ref time [\d_]+ ps, proof size [\d_]+ bytes; proof of what it read \d+ bytes$/m,
  );
  assert.ok(!third.includes("System.ExecutionPhase"));
  const state = under(batch.trace(4), "state");
  assert.ok(state.includes("read   Sudo.Key = alice"), state.join("\n"));
  assert.ok(
    state.some(line => /^read {3}System\.Account\(bob\) = \{.*\} \(\d times\)$/.test(line)),
  );
});

test("what fails is told first, with what its pallet says of the error", async () => {
  await using chain = await startChain();
  const failed = await chain.submit("bob", call("Sudo.sudo", {call: pay("bob", 5n)}));
  assert.equal(
    failed.trace(1),
    "✗ Sudo.sudo by bob (block 1, extrinsic 1)\n  error    Sudo.RequireSudo: Sender must be the Sudo account.",
  );
  const batch = call("Utility.batch", {
    calls: [pay("bob", 5n), call("Sudo.set_key", {new: "bob"})],
  });
  const interrupted = await chain.submit("bob", batch);
  interrupted.expectSuccess();
  interrupted.expectEvent("Utility.BatchInterrupted", {index: 1, error: "Sudo.RequireSudo"});
  const all = call("Utility.force_batch", {calls: [pay("carol", TOO_MUCH)]});
  const forced = await chain.submit("bob", all);
  forced.expectEvent("Utility.ItemFailed", {error: "Arithmetic.Underflow"});
  const poor = await chain.submit("bob", pay("carol", TOO_MUCH));
  assert.equal(poor.error, "Arithmetic.Underflow");
  assert.match(poor.trace(1), /\n {2}error {4}Arithmetic\.Underflow$/);
});

test("of what a block holds each transaction is told on the state that those before it left", async () => {
  await using chain = await startChain({seal: "manual"});
  // It waits for the one before it, and both go into one block.
  const second = chain.submit("alice", pay("bob", 2n), {nonce: 1});
  const first = await chain.submit("alice", pay("bob", 1n), {nonce: 0});
  assert.deepEqual([first.block, (await second).block], [2, 2]);
  const had = chain.at(0).balanceOf("bob").free;
  const told = chain.traces(3);
  assert.ok(told.includes(`System.Account(bob): data.free ${had} → ${had + 1n}`), told);
  assert.ok(told.includes(`System.Account(bob): data.free ${had + 1n} → ${had + 3n}`), told);
});

test("a call with an origin of its own is told of as well, and all of it is forgotten by a reset", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const wanted = call("CollatorSelection.set_desired_candidates", {max: 3});
  const done = await chain.dispatch("root", wanted);
  assert.deepEqual(under(done.trace(3), "written").slice(-1), [
    "CollatorSelection.DesiredCandidates: 12 → 3",
  ]);
  const refused = await chain.dispatch({signed: "zoe"}, wanted);
  refused.expectError("BadOrigin");
  assert.match(refused.trace(1), /^✗ .*\n {2}error {4}BadOrigin$/);
  assert.equal(chain.traces(1), refused.trace(1));
  assert.equal(chain.traces(2), `${done.trace(2)}\n\n${refused.trace(2)}`);
  assert.equal(chain.traces(), "");
  await chain.reset();
  assert.equal(chain.traces(4), "");
});

test("expectations hold or say what happened instead, with the trace that was asked for", async () => {
  await using chain = await startChain({trace: 2});
  const paid = await chain.submit("alice", pay("bob", 5n));
  paid.expectSuccess();
  assert.equal(paid.expectEvent("Balances.Transfer", {to: "bob"}).extrinsic, 1);
  const failed = await chain.submit("bob", pay("carol", TOO_MUCH));
  failed.expectError("Arithmetic.Underflow");
  for (const [expectation, words] of [
    [() => paid.expectError("BadOrigin"), /should have failed with BadOrigin: it succeeded\n\n✓ /],
    [
      () => paid.expectError("Token.Frosen"),
      /no error Token\.Frosen: did you mean Token\.Frozen\?/,
    ],
    [() => failed.expectSuccess(), /failed with Arithmetic\.Underflow\n\n✗ [\s\S]*\n {2}events\n/],
    [() => failed.expectError("Token.Frozen"), /it failed with Arithmetic\.Underflow/],
    [
      () => paid.expectEvent("Balances.Transfer", {amount: 6n}),
      /there is \{from: alice, to: bob, amount: 5\}/,
    ],
    [() => failed.expectEvent("Balances.Transfer"), /there is none, but Balances\.Withdraw, /],
    [() => paid.expectEvent("Balances.Transferred"), /did you mean Balances\.Transfer\?/],
  ] as const) {
    assert.throws(expectation, words);
  }
});

test("what a transaction weighs is told, and its proof where somebody judges blocks by them", async () => {
  await using chain = await startChain();
  const paid = await chain.submit("alice", pay("bob", 5n));
  assert.deepEqual(paid.weight, {refTime: 295_212_000n, proofSize: 3_593n});
  assert.equal(paid.proofSize, undefined);
  assert.ok(paid.replay().proofSize > 200);
});

test("a level of traces that is none is refused", async () => {
  await assert.rejects(startChain({trace: 5} as object), /trace is 0 to 4, not 5/);
});

test("a transaction over which the runtime gives up is refused at once, and why is said whatever was asked for", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const {hashing} = await createTestCrypto(() => 0);
  const key = bytesToHex(binaryToBytes(itemKey(hashing, "Sudo", "Key")));
  // Four bytes where the key of an account belongs.
  const written = await fetch(chain.url.replace("ws:", "http:"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({
      id: 1,
      jsonrpc: "2.0",
      method: "dev_setStorage",
      params: [[[key, "0x01020304"]]],
    }),
  });
  assert.match(await written.text(), /"result"/);
  await assert.rejects(
    chain.submit("zoe", call("Sudo.sudo", {call: pay("bob", 5n)})),
    /Sudo\.sudo is in no block, and will be in none: it is invalid\n\n✗ Sudo\.sudo by zoe \(in no block\)\n {2}panic\n {4}.*32 bytes wanted, 4 left/,
  );
  assert.match(chain.traces(1), /in no block/);
});
