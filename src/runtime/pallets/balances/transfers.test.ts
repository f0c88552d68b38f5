import assert from "node:assert/strict";
import {test} from "node:test";
import {MAX_U128} from "#codec";
import {account, address} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";

/** Accounts 1 and 2 hold 1,000 and 2,000, the existential deposit is 100. */
function mockOf(): MockRuntime {
  const mock = new MockRuntime({
    existentialDeposit: 100n,
    balances: [
      [1, 1_000n],
      [2, 2_000n],
    ],
  });
  mock.setBlock(1);
  return mock;
}

const by = (mock: MockRuntime, from: number, name: string, args: object) =>
  mock.run(mock.signed(from), "Balances", name, args);

/** Freezes so much of an account, as a lock would. */
function freeze(mock: MockRuntime, n: number, frozen: bigint): void {
  const info = mock.info(n);
  const data = {...info.data, frozen};
  mock.system.storage.account.set(mock.state, account(n), {...info, data, consumers: 1});
}

test("a transfer moves funds and tells who was born", () => {
  const mock = mockOf();
  assert.equal(by(mock, 1, "transfer_allow_death", {dest: address(3), value: 150n}), "ok");
  assert.deepEqual([mock.free(1), mock.free(3)], [850n, 150n]);
  assert.deepEqual(mock.events(), [
    ["System.NewAccount", {account: 3}],
    ["Balances.Endowed", {account: 3, freeBalance: 150n}],
    ["Balances.Transfer", {from: 1, to: 3, amount: 150n}],
  ]);
});

test("nobody transfers more than he has, and only signers transfer", () => {
  const mock = mockOf();
  const more = {dest: address(2), value: 1_001n};
  assert.equal(by(mock, 1, "transfer_allow_death", more), "Token.FundsUnavailable");
  const all = {dest: address(2), value: 1n << 127n};
  assert.equal(by(mock, 1, "transfer_allow_death", all), "Arithmetic.Underflow");
  assert.equal(mock.run(mock.root, "Balances", "transfer_allow_death", more), "BadOrigin");
});

test("addresses other than account ids do not resolve", () => {
  const mock = mockOf();
  const args = {dest: {type: "Raw", value: account(2)}, value: 1n};
  assert.equal(by(mock, 1, "transfer_allow_death", args), "CannotLookup");
});

test("transfer_keep_alive does not let the sender die", () => {
  const mock = mockOf();
  const args = {dest: address(2), value: 901n};
  assert.equal(by(mock, 1, "transfer_keep_alive", args), "Token.NotExpendable");
  assert.equal(by(mock, 1, "transfer_keep_alive", {...args, value: 900n}), "ok");
  assert.equal(mock.free(1), 100n);
});

test("transfer_all takes everything, account included", () => {
  const mock = mockOf();
  assert.equal(by(mock, 1, "transfer_all", {dest: address(2), keepAlive: false}), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [0n, 3_000n]);
  assert.equal(mock.info(1).providers, 0);
});

test("transfer_all leaves the existential deposit when the account is to live", () => {
  const mock = mockOf();
  assert.equal(by(mock, 1, "transfer_all", {dest: address(2), keepAlive: true}), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [100n, 2_900n]);
});

for (const keepAlive of [false, true]) {
  test(`transfer_all leaves what is frozen, to live: ${keepAlive}`, () => {
    const mock = mockOf();
    freeze(mock, 1, 200n);
    assert.equal(by(mock, 1, "transfer_all", {dest: address(2), keepAlive}), "ok");
    assert.deepEqual([mock.free(1), mock.free(2)], [200n, 2_800n]);
  });
}

test("nothing is transferred with a transfer event alone", () => {
  const mock = mockOf();
  by(mock, 1, "transfer_allow_death", {dest: address(3), value: 0n});
  assert.deepEqual(mock.events(), [["Balances.Transfer", {from: 1, to: 3, amount: 0n}]]);
  assert.equal(mock.system.storage.account.has(mock.state, account(3)), false);
});

test("nothing from nobody is told as an endowment of zero, and stores none", () => {
  const mock = mockOf();
  by(mock, 9, "transfer_allow_death", {dest: address(1), value: 0n});
  assert.deepEqual(mock.events(), [
    ["Balances.Endowed", {account: 9, freeBalance: 0n}],
    ["Balances.Transfer", {from: 9, to: 1, amount: 0n}],
  ]);
  assert.equal(mock.system.storage.account.has(mock.state, account(9)), false);
});

test("sending all to oneself is dying and being born again", () => {
  const mock = mockOf();
  assert.equal(by(mock, 1, "transfer_allow_death", {dest: address(1), value: 1_000n}), "ok");
  assert.equal(mock.free(1), 1_000n);
  assert.deepEqual(
    mock.events().map(([name]) => name),
    ["System.KilledAccount", "System.NewAccount", "Balances.Endowed", "Balances.Transfer"],
  );
});

test("root transfers for others", () => {
  const mock = mockOf();
  const args = {source: address(2), dest: address(1), value: 2_000n};
  assert.equal(mock.run(mock.signed(2), "Balances", "force_transfer", args), "BadOrigin");
  assert.equal(mock.run(mock.root, "Balances", "force_transfer", args), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [3_000n, 0n]);
});

test("no balance overflows", () => {
  const mock = mockOf();
  const set = {who: address(2), newFree: MAX_U128 - 500n};
  mock.run(mock.root, "Balances", "force_set_balance", set);
  const args = {dest: address(2), value: 501n};
  assert.equal(by(mock, 1, "transfer_allow_death", args), "Arithmetic.Overflow");
});

test("an account can spend all, unless it is to live or something depends on it", () => {
  const mock = mockOf();
  const {spendable} = mock.balances;
  const reducible = (keep: "Expendable" | "Protect" | "Preserve") =>
    spendable.reducible(mock.state, account(1), keep);
  assert.deepEqual(
    [reducible("Expendable"), reducible("Protect"), reducible("Preserve")],
    [1_000n, 900n, 900n],
  );
  mock.system.references.incProviders(mock.state, account(1));
  assert.equal(reducible("Protect"), 1_000n, "the other provider keeps it");
  mock.system.references.decProviders(mock.state, account(1));
  mock.system.references.incConsumers(mock.state, account(1));
  assert.equal(reducible("Expendable"), 900n);
});

test("what is frozen and not reserved already cannot be spent, unless nobody asks politely", () => {
  const mock = mockOf();
  mock.balances.currency.reserve(mock.state, account(1), 300n);
  freeze(mock, 1, 500n);
  const {spendable} = mock.balances;
  assert.equal(spendable.reducible(mock.state, account(1), "Preserve"), 500n);
  assert.equal(spendable.reducible(mock.state, account(1), "Preserve", false), 600n);
  freeze(mock, 1, 350n);
  assert.equal(spendable.reducible(mock.state, account(1), "Preserve"), 600n);
});
