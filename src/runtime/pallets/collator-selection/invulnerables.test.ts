import assert from "node:assert/strict";
import {test} from "node:test";
import {account} from "../../test-kit/accounts.ts";
import {CollatorMock, OWNER, UNREGISTERED} from "../../test-kit/collator-mock.ts";

const set = (mock: CollatorMock, from: number, accounts: readonly number[]) =>
  mock.collator(from, "set_invulnerables", {new: accounts.map(account)});
const add = (mock: CollatorMock, from: number, who: number) =>
  mock.collator(from, "add_invulnerable", {who: account(who)});
const remove = (mock: CollatorMock, from: number, who: number) =>
  mock.collator(from, "remove_invulnerable", {who: account(who)});

test("a list of invulnerables is stored sorted, and only by the owner", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  assert.equal(set(mock, OWNER, [1, 4, 3, 2]), "ok");
  assert.deepEqual(mock.invulnerables, [1, 2, 3, 4]);
  assert.deepEqual(mock.events(), [
    ["CollatorSelection.NewInvulnerables", {invulnerables: [1, 2, 3, 4]}],
  ]);
  assert.equal(set(mock, 1, [1, 2]), "BadOrigin");
  assert.deepEqual(mock.invulnerables, [1, 2, 3, 4]);
});

test("a list of invulnerables leaves out who has no session keys, and says so", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  assert.equal(set(mock, OWNER, [1, 4, 3, UNREGISTERED, 2]), "ok");
  assert.deepEqual(mock.invulnerables, [1, 2, 3, 4]);
  assert.deepEqual(mock.events(), [
    ["CollatorSelection.InvalidInvulnerableSkipped", {accountId: UNREGISTERED}],
    ["CollatorSelection.NewInvulnerables", {invulnerables: [1, 2, 3, 4]}],
  ]);
});

test("an account is added in its sorted place, once, by the owner, if it has keys", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  assert.equal(add(mock, OWNER, 3), "ok");
  assert.deepEqual(mock.events().at(-1), ["CollatorSelection.InvulnerableAdded", {accountId: 3}]);
  assert.deepEqual(mock.invulnerables, [1, 2, 3]);
  assert.equal(add(mock, OWNER, 3), "CollatorSelection.AlreadyInvulnerable");
  assert.equal(add(mock, 1, 4), "BadOrigin");
  assert.equal(add(mock, OWNER, UNREGISTERED), "CollatorSelection.ValidatorNotRegistered");
  assert.deepEqual(mock.invulnerables, [1, 2, 3]);
});

test("invulnerables grow up to their bound and no further, one by one or at once", () => {
  const mock = new CollatorMock();
  const twenty = Array.from({length: 20}, (_, i) => i + 1);
  for (const who of twenty.slice(2)) assert.equal(add(mock, OWNER, who), "ok");
  assert.equal(add(mock, OWNER, 21), "CollatorSelection.TooManyInvulnerables");
  assert.equal(set(mock, OWNER, [...twenty, 21]), "CollatorSelection.TooManyInvulnerables");
  assert.deepEqual(mock.invulnerables, twenty);
});

test("an invulnerable is dismissed by the owner and the others keep their order", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  for (const who of [4, 3]) add(mock, OWNER, who);
  assert.equal(remove(mock, OWNER, 2), "ok");
  assert.deepEqual(mock.events().at(-1), ["CollatorSelection.InvulnerableRemoved", {accountId: 2}]);
  assert.deepEqual(mock.invulnerables, [1, 3, 4]);
  assert.equal(remove(mock, OWNER, 2), "CollatorSelection.NotInvulnerable");
  assert.equal(remove(mock, 1, 3), "BadOrigin");
});

test("candidates who are appointed stop being candidates and get their bond back", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  for (const who of [3, 4]) {
    assert.equal(mock.collator(who, "register_as_candidate"), "ok");
    assert.equal(mock.free(who), 90n);
  }
  mock.clearEvents();
  assert.equal(add(mock, OWNER, 3), "ok");
  assert.deepEqual(mock.events(), [
    ["Balances.Unreserved", {who: 3, amount: 10n}],
    ["CollatorSelection.CandidateRemoved", {accountId: 3}],
    ["CollatorSelection.InvulnerableAdded", {accountId: 3}],
  ]);
  assert.equal(add(mock, OWNER, 4), "ok");
  assert.deepEqual([mock.free(3), mock.free(4)], [100n, 100n]);
  assert.deepEqual([mock.candidates, mock.invulnerables], [[], [1, 2, 3, 4]]);
});

test("the last eligible collator can neither be dismissed nor leave", () => {
  const mock = new CollatorMock();
  const tooFew = "CollatorSelection.TooFewEligibleCollators";
  assert.equal(remove(mock, OWNER, 1), "ok");
  assert.equal(remove(mock, OWNER, 2), tooFew);
  assert.equal(set(mock, OWNER, []), tooFew);
  assert.equal(mock.collator(4, "register_as_candidate"), "ok");
  assert.equal(remove(mock, OWNER, 2), "ok");
  assert.equal(mock.collator(4, "leave_intent"), tooFew);
  assert.deepEqual([mock.candidates, mock.invulnerables], [[4], []]);
});

test("no invulnerables at all are enough as soon as the candidates alone make the minimum", () => {
  const mock = new CollatorMock([2, 1], 2);
  assert.equal(mock.collator(3, "register_as_candidate"), "ok");
  assert.equal(set(mock, OWNER, []), "CollatorSelection.TooFewEligibleCollators");
  assert.equal(mock.collator(4, "register_as_candidate"), "ok");
  assert.equal(set(mock, OWNER, []), "ok");
  assert.deepEqual([mock.candidates, mock.invulnerables], [[3, 4], []]);
});

test("a list in which nobody has keys empties the set, and a name given twice stays twice", () => {
  const mock = new CollatorMock();
  assert.equal(set(mock, OWNER, [UNREGISTERED]), "ok");
  assert.deepEqual(mock.invulnerables, []);
  assert.equal(set(mock, OWNER, [2, 2, 1]), "ok");
  assert.deepEqual(mock.invulnerables, [1, 2, 2]);
});
