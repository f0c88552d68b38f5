import assert from "node:assert/strict";
import {test} from "node:test";
import {account, address} from "../../test-kit/accounts.ts";
import {MockRuntime} from "../../test-kit/mock-runtime.ts";

/** Account 1 holds 111, the existential deposit is 1. */
function mockOf(): MockRuntime {
  const mock = new MockRuntime({balances: [[1, 111n]]});
  mock.setBlock(1);
  return mock;
}

const {reserve, unreserve} = {
  reserve(mock: MockRuntime, amount: bigint): string {
    const result = mock.balances.currency.reserve(mock.state, account(1), amount);
    return result.ok ? "ok" : mock.errorName(result.error);
  },
  unreserve: (mock: MockRuntime, amount: bigint) =>
    mock.balances.currency.unreserve(mock.state, account(1), amount),
};

test("reserving moves free funds out of reach", () => {
  const mock = mockOf();
  assert.equal(reserve(mock, 69n), "ok");
  assert.deepEqual([mock.free(1), mock.reserved(1)], [42n, 69n]);
  const args = {dest: address(2), value: 69n};
  assert.equal(
    mock.run(mock.signed(1), "Balances", "transfer_allow_death", args),
    "Token.FundsUnavailable",
  );
});

test("nobody reserves more than is free", () => {
  const mock = mockOf();
  assert.equal(reserve(mock, 112n), "Balances.InsufficientBalance");
  assert.deepEqual([mock.free(1), mock.reserved(1)], [111n, 0n]);
});

test("what is frozen cannot be reserved", () => {
  const mock = mockOf();
  const info = mock.info(1);
  const data = {...info.data, frozen: 50n};
  mock.system.storage.account.set(mock.state, account(1), {...info, data, consumers: 1});
  assert.equal(reserve(mock, 62n), "Balances.LiquidityRestrictions");
  assert.equal(reserve(mock, 61n), "ok");
});

test("an account cannot reserve what keeps it alive", () => {
  const mock = mockOf();
  assert.equal(reserve(mock, 111n), "ConsumerRemaining");
  assert.equal(mock.info(1).consumers, 0);
});

test("all reserves of an account depend on it once", () => {
  const mock = mockOf();
  reserve(mock, 10n);
  reserve(mock, 20n);
  assert.equal(mock.info(1).consumers, 1);
  assert.equal(unreserve(mock, 25n), 0n);
  assert.equal(mock.info(1).consumers, 1);
  assert.equal(unreserve(mock, 5n), 0n);
  assert.equal(mock.info(1).consumers, 0);
});

test("unreserving gives back what there is and says what there was not", () => {
  const mock = mockOf();
  reserve(mock, 69n);
  assert.equal(unreserve(mock, 100n), 31n);
  assert.deepEqual([mock.free(1), mock.reserved(1)], [111n, 0n]);
  assert.equal(mock.balances.currency.unreserve(mock.state, account(9), 5n), 5n);
});

test("reserving and unreserving are told with the amounts moved, and nothing is not told", () => {
  const mock = mockOf();
  reserve(mock, 10n);
  unreserve(mock, 5n);
  unreserve(mock, 6n);
  assert.deepEqual(mock.events(), [
    ["Balances.Reserved", {who: 1, amount: 10n}],
    ["Balances.Unreserved", {who: 1, amount: 5n}],
    ["Balances.Unreserved", {who: 1, amount: 5n}],
  ]);
  mock.clearEvents();
  assert.equal(reserve(mock, 0n), "ok");
  assert.equal(unreserve(mock, 0n), 0n);
  assert.deepEqual(mock.events(), []);
});

test("root unreserves by force", () => {
  const mock = mockOf();
  reserve(mock, 69n);
  const args = {who: address(1), amount: 70n};
  assert.equal(mock.run(mock.signed(1), "Balances", "force_unreserve", args), "BadOrigin");
  assert.equal(mock.run(mock.root, "Balances", "force_unreserve", args), "ok");
  assert.deepEqual([mock.free(1), mock.reserved(1)], [111n, 0n]);
});

test("an account with a reserve and no free funds left to live by stays", () => {
  const mock = mockOf();
  reserve(mock, 60n);
  mock.system.references.incProviders(mock.state, account(1));
  const args = {dest: address(2), value: 51n};
  assert.equal(mock.run(mock.signed(1), "Balances", "transfer_allow_death", args), "ok");
  assert.deepEqual([mock.free(1), mock.reserved(1)], [0n, 60n]);
  assert.deepEqual([mock.info(1).providers, mock.info(1).consumers], [1, 1]);
});

test("fees are withdrawn from what is free and not frozen, and never kill", () => {
  const mock = mockOf();
  const withdraw = (amount: bigint) => {
    const result = mock.balances.currency.withdraw(mock.state, account(1), amount);
    return result.ok ? "ok" : mock.errorName(result.error);
  };
  assert.equal(withdraw(112n), "Balances.InsufficientBalance");
  assert.equal(withdraw(111n), "Balances.Expendability");
  assert.equal(withdraw(110n), "ok");
  assert.equal(withdraw(0n), "ok");
  assert.deepEqual(mock.events(), [["Balances.Withdraw", {who: 1, amount: 110n}]]);
});

test("an account that lives by its reserve alone, below the existential deposit, pays its fees", () => {
  const mock = new MockRuntime({existentialDeposit: 100n, balances: [[1, 250n]]});
  mock.setBlock(1);
  mock.system.references.incProviders(mock.state, account(1));
  assert.equal(reserve(mock, 200n), "ok");
  assert.deepEqual([mock.free(1), mock.info(1).providers], [50n, 1]);
  // The rule that a fee must not kill is for who stands above the deposit: below it nothing more can be lost.
  assert.equal(mock.balances.currency.withdraw(mock.state, account(1), 20n).ok, true);
  assert.deepEqual([mock.free(1), mock.reserved(1)], [30n, 200n]);
  assert.deepEqual(mock.events().at(-1), ["Balances.Withdraw", {who: 1, amount: 20n}]);
});

test("a deposit brings nobody to life below the existential deposit", () => {
  const mock = new MockRuntime({existentialDeposit: 10n});
  const {currency} = mock.balances;
  mock.setBlock(1);
  assert.equal(currency.depositCreating(mock.state, account(3), 9n), false);
  assert.equal(currency.depositIntoExisting(mock.state, account(3), 50n).ok, false);
  assert.equal(currency.depositCreating(mock.state, account(3), 10n), true);
  assert.equal(currency.depositIntoExisting(mock.state, account(3), 1n).ok, true);
  assert.deepEqual(mock.events(), [
    ["Balances.Deposit", {who: 3, amount: 10n}],
    ["System.NewAccount", {account: 3}],
    ["Balances.Endowed", {account: 3, freeBalance: 10n}],
    ["Balances.Deposit", {who: 3, amount: 1n}],
  ]);
});
