import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startChain, startNetwork} from "../index.ts";

const pay = (dest: string, value: bigint) => call("Balances.transfer_keep_alive", {dest, value});

test("one signer submits several at once, each with a nonce of its own", async () => {
  for (const seal of ["instant", "manual"] as const) {
    await using chain = await startChain({seal});
    const before = chain.at().balanceOf("bob").free;
    const paid = await Promise.all(
      Array.from({length: 12}, () => chain.submit("alice", pay("bob", 1n))),
    );
    for (const one of paid) one.expectSuccess();
    assert.equal(chain.at().balanceOf("bob").free, before + 12n);
    assert.equal(chain.at().balanceOf("alice").nonce, 12);
  }
});

test("while blocks are made by the thousand, timers have their turn", async () => {
  await using chain = await startChain();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await chain.mine(50);
  for (let i = 0; i < 50; i++) await chain.mine();
  clearInterval(timer);
  assert.ok(turns >= 2, `${turns} turns`);
});

test("a chain that is stopped ends whoever makes blocks without end", async () => {
  const chain = await startChain();
  const mining = chain.mine(1e9);
  await new Promise(resolve => setTimeout(resolve, 20));
  const ended = assert.rejects(mining, /the chain was stopped/);
  await chain.stop();
  await ended;
});

test("what is no time, block, event, nonce or call is refused, and the chain goes on", async () => {
  await using chain = await startChain();
  const odd = chain as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const length of [Number.POSITIVE_INFINITY, Number.NaN, -1, 0.5, "5", 1e16]) {
    await assert.rejects(odd.advance!(length) as Promise<unknown>, /is no length of time/);
  }
  for (const block of ["latest", Number.NaN, null, 1.5, "5", -1]) {
    assert.throws(() => odd.at!(block), /at: .* is no block/);
  }
  assert.throws(() => odd.at!("bst"), /did you mean "best"\?/);
  assert.throws(() => chain.at().events("Balances.Transfr"), /did you mean Balances\.Transfer\?/);
  assert.throws(() => chain.at().events("Balance"), /there is no event Balance/);
  assert.throws(() => chain.at().entries("System.Account", {limit: -1}), /limit is a whole number/);
  for (const [options, words] of [
    [{nonce: "1"}, /nonce is a whole number/],
    [{tip: -1n}, /tip is a bigint/],
    [{limit: Number.POSITIVE_INFINITY}, /limit is 1 to/],
    [{nonse: 1}, /did you mean nonce\?/],
  ] as const) {
    await assert.rejects(odd.submit!("alice", pay("bob", 1n), options) as Promise<unknown>, words);
  }
  await assert.rejects(odd.submit!("alice", {}) as Promise<unknown>, /submit takes a call/);
  await assert.rejects(
    odd.submit!(undefined, pay("bob", 1n)) as Promise<unknown>,
    /an account's name/,
  );
  for (const origin of ["roott", null, {}]) {
    await assert.rejects(odd.dispatch!(origin, pay("bob", 1n)) as Promise<unknown>, /is no origin/);
  }
  await assert.rejects(chain.upgrade("/dev/zero"), /upgrade: \/dev\/zero is a device/);
  await assert.rejects(chain.upgrade("/no/such.wasm"), /upgrade: \/no\/such\.wasm cannot be read/);
  (await chain.submit("alice", pay("bob", 1n), {nonce: -1})).expectSuccess();
  await assert.rejects(startNetwork({foo: 1} as object), /startNetwork has no option foo/);
  await assert.rejects(startNetwork({invulnerables: ["a", "a"]}), /two nodes are called a/);
});

test("state is set by names of accounts and with what the kit itself reads", async () => {
  await using chain = await startChain({accounts: ["zoe"]});
  const account = chain.at().storage("System.Account", "bob");
  await chain.set({
    System: {
      Account: [
        [["zoe"], account],
        [["//Alice"], {data: {free: 7n * 10n ** 15n}}],
      ],
    },
    Sudo: {Key: "zoe"},
  });
  assert.deepEqual(chain.at().storage("System.Account", "zoe"), account);
  assert.equal(chain.at().balanceOf("alice").free, 7n * 10n ** 15n);
  assert.equal(chain.at().storage("Sudo.Key"), "zoe");
});

test("events are expected with numbers, and with accounts by whatever they are called", async () => {
  await using chain = await startChain();
  const paid = await chain.submit("alice", pay("bob", 5n));
  for (const to of ["bob", "//Bob", chain.addressOf("bob")]) {
    paid.expectEvent("Balances.Transfer", {to, amount: 5});
  }
  assert.throws(() => paid.expectEvent("Balances.Transfer", {to: "eve"}), /should have made/);
  assert.throws(() => paid.expectEvent("Balances.Transfer", {too: "bob"}), /did you mean to\?/);
  const forced = await chain.dispatch(
    "root",
    call("Balances.force_set_balance", {who: "bob", new_free: 3n * 10n ** 12n}),
  );
  forced.expectSuccess();
});
