import assert from "node:assert/strict";
import {test} from "node:test";
import {account, address} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";

/** Accounts 1 to 4 hold ten to forty existential deposits. */
function mockOf(existentialDeposit: bigint): MockRuntime {
  const mock = new MockRuntime({
    existentialDeposit,
    balances: [1, 2, 3, 4].map(n => [n, BigInt(n) * 10n * existentialDeposit] as const),
  });
  mock.setBlock(1);
  return mock;
}

const transfer = (mock: MockRuntime, from: number, to: number, value: bigint) =>
  mock.run(mock.signed(from), "Balances", "transfer_allow_death", {dest: address(to), value});
const setBalance = (mock: MockRuntime, who: number, newFree: bigint) =>
  mock.run(mock.root, "Balances", "force_set_balance", {who: address(who), newFree});

test("no account comes to life below the existential deposit", () => {
  const mock = mockOf(256n);
  assert.equal(transfer(mock, 1, 5, 255n), "Token.BelowMinimum");
  assert.equal(transfer(mock, 1, 5, 256n), "ok");
  assert.equal(mock.free(5), 256n);
});

test("an account that falls below the existential deposit is reaped", () => {
  const mock = mockOf(1n);
  setBalance(mock, 2, 20n);
  assert.equal(mock.info(2).providers, 1);
  assert.equal(transfer(mock, 2, 5, 20n), "ok");
  assert.deepEqual([mock.free(2), mock.info(2).providers], [0n, 0]);
  assert.equal(mock.system.storage.account.has(mock.state, account(2)), false);
  assert.equal(mock.totalIssuance, 100n);
});

test("reaping forgets the nonce", () => {
  const mock = mockOf(1n);
  const {account: accounts} = mock.system.storage;
  accounts.set(mock.state, account(2), {...mock.info(2), nonce: 7});
  transfer(mock, 2, 5, 20n);
  transfer(mock, 5, 2, 20n);
  assert.equal(mock.info(2).nonce, 0);
});

test("an account that something depends on cannot be reaped", () => {
  const mock = mockOf(1n);
  const {references} = mock.system;
  assert.ok(references.incConsumers(mock.state, account(1)).ok);
  assert.ok(references.incProviders(mock.state, account(1)) === undefined);
  assert.equal(transfer(mock, 1, 2, 10n), "ok", "another provider keeps it");
  assert.equal(mock.free(1), 0n);
  assert.deepEqual([mock.info(1).providers, mock.info(1).consumers], [1, 1]);

  assert.ok(references.incConsumers(mock.state, account(3)).ok);
  assert.equal(transfer(mock, 3, 2, 30n), "Token.Frozen");
  assert.equal(transfer(mock, 3, 2, 29n), "ok", "all but the existential deposit");
});

test("what is left below the existential deposit is burnt as dust", () => {
  const mock = mockOf(100n);
  const issued = mock.totalIssuance;
  assert.equal(transfer(mock, 1, 2, 950n), "ok");
  assert.deepEqual([mock.free(1), mock.free(2)], [0n, 2_950n]);
  assert.equal(mock.totalIssuance, issued - 50n);
  assert.deepEqual(mock.events(), [
    ["System.KilledAccount", {account: 1}],
    ["Balances.DustLost", {account: 1, amount: 50n}],
    ["Balances.Transfer", {from: 1, to: 2, amount: 950n}],
  ]);
});

test("birth and death of accounts are told in order, at an existential deposit of a hundred", () => {
  const mock = mockOf(100n);
  assert.equal(setBalance(mock, 5, 100n), "ok");
  assert.deepEqual(mock.events(), [
    ["System.NewAccount", {account: 5}],
    ["Balances.Endowed", {account: 5, freeBalance: 100n}],
    ["Balances.BalanceSet", {who: 5, free: 100n}],
  ]);
  mock.clearEvents();
  assert.equal(setBalance(mock, 5, 99n), "ok", "counts as nothing");
  assert.deepEqual(mock.events(), [
    ["System.KilledAccount", {account: 5}],
    ["Balances.BalanceSet", {who: 5, free: 0n}],
  ]);
});

test("the total issuance follows balances that root sets", () => {
  const mock = mockOf(1n);
  const issued = mock.totalIssuance;
  setBalance(mock, 7, 69n);
  assert.equal(mock.totalIssuance, issued + 69n);
  setBalance(mock, 7, 50n);
  assert.equal(mock.totalIssuance, issued + 50n);
  setBalance(mock, 7, 0n);
  assert.equal(mock.totalIssuance, issued);
  assert.equal(mock.run(mock.signed(1), "Balances", "force_set_balance", {}), "BadOrigin");
});

test("genesis refuses a balance below the existential deposit, and an account named twice", () => {
  const balances = (...entries: [number, bigint][]) =>
    new MockRuntime({existentialDeposit: 10n, balances: entries});
  assert.throws(() => balances([1, 9n]), /below the existential deposit/);
  assert.throws(() => balances([1, 10n], [2, 20n], [1, 30n]), /twice/);
});

test("an account of the older rules is upgraded when it is touched, or for free by anybody", () => {
  const mock = mockOf(1n);
  const {account: accounts} = mock.system.storage;
  const age = (n: number) => {
    const info = mock.info(n);
    const data = {...info.data, free: info.data.free - 5n, reserved: 5n, flags: 0n};
    accounts.set(mock.state, account(n), {...info, data});
  };
  age(1);
  transfer(mock, 4, 1, 1n);
  assert.deepEqual(mock.events()[0], ["Balances.Upgraded", {who: 1}]);
  assert.equal(mock.info(1).consumers, 1);

  age(2);
  const upgrade = (who: number[]) => {
    const call = mock.call("Balances", "upgrade_accounts", {who: who.map(account)});
    const result = mock.dispatch(mock.signed(3), call);
    assert.ok(result.ok);
    return result.value.paysFee;
  };
  assert.equal(upgrade([1, 3]), "Yes");
  assert.equal(upgrade([2]), "No");
  assert.equal(upgrade([]), "Yes");
  assert.equal(mock.info(2).consumers, 1);
});

test("an upgrade counts a reserve as a consumer unless a freeze did already", () => {
  const mock = mockOf(1n);
  const {account: accounts} = mock.system.storage;
  const upgraded = (n: number, reserved: bigint, frozen: bigint) => {
    const info = mock.info(n);
    // By the older rules a lock was a consumer, a reserve was none.
    const consumers = frozen > 0n ? 1 : 0;
    const data = {...info.data, free: info.data.free - reserved, reserved, frozen, flags: 0n};
    accounts.set(mock.state, account(n), {...info, consumers, data});
    mock.run(mock.signed(4), "Balances", "upgrade_accounts", {who: [account(n)]});
    assert.deepEqual(mock.events().at(-1), ["Balances.Upgraded", {who: n}]);
    return mock.info(n).consumers;
  };
  assert.equal(upgraded(1, 5n, 0n), 1);
  assert.equal(upgraded(2, 5n, 3n), 1);
  assert.equal(upgraded(3, 0n, 3n), 1);
});
