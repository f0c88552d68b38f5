import assert from "node:assert/strict";
import {test} from "node:test";
import {account, address} from "../../test-kit/accounts.ts";
import {AUTHOR, CollatorMock, OWNER} from "../../test-kit/collator-mock.ts";

const register = (mock: CollatorMock, who: number) =>
  assert.equal(mock.collator(who, "register_as_candidate"), "ok");

test("the author of a block gets half of what the pot can spare, and is noted as alive", () => {
  const mock = new CollatorMock();
  mock.fundPot(105n);
  register(mock, AUTHOR);
  assert.equal(mock.free(AUTHOR), 90n);
  assert.equal(mock.lastAuthored(AUTHOR), 10);
  mock.selection.noteAuthor(mock.state, account(AUTHOR));
  assert.deepEqual([mock.free(AUTHOR), mock.pot], [140n, 55n]);
  assert.equal(mock.lastAuthored(AUTHOR), 0);
});

test("a pot that is empty, or holds only the existential deposit, pays nothing and harms nothing", () => {
  for (const funds of [0n, 5n]) {
    const mock = new CollatorMock();
    mock.fundPot(funds);
    mock.selection.noteAuthor(mock.state, account(AUTHOR));
    assert.deepEqual([mock.free(AUTHOR), mock.pot], [100n, funds]);
    assert.equal(mock.selection.storage.lastAuthoredBlock.has(mock.state, account(AUTHOR)), true);
  }
});

test("a candidate is queued by the next rotation and active from the one after", () => {
  const mock = new CollatorMock();
  mock.runTo(1);
  assert.deepEqual([mock.changedAt, mock.active], [0, [1, 2]]);
  mock.runTo(4);
  assert.deepEqual([mock.changedAt, mock.active], [0, [1, 2]]);
  register(mock, 3);
  assert.deepEqual(mock.queued, [1, 2]);

  mock.runTo(10);
  assert.deepEqual([mock.changedAt, mock.active], [10, [1, 2]]);
  assert.deepEqual(mock.queued, [1, 2, 3]);

  mock.runTo(20);
  assert.deepEqual([mock.changedAt, mock.active], [20, [1, 2, 3]]);
});

test("a candidate that authors nothing is kicked, paid back, and gone one session later", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  register(mock, AUTHOR);
  mock.runTo(10);
  assert.deepEqual(mock.candidates, [3, AUTHOR]);
  mock.clearEvents();
  mock.runTo(20);
  assert.deepEqual([mock.changedAt, mock.active], [20, [1, 2, 3, AUTHOR]]);
  assert.deepEqual(mock.candidates, [AUTHOR]);
  assert.deepEqual([mock.free(3), mock.lastAuthored(3)], [100n, 0]);
  assert.equal(mock.lastAuthored(AUTHOR), 20);
  assert.deepEqual(mock.events(), [
    ["Balances.Unreserved", {who: 3, amount: 10n}],
    ["CollatorSelection.CandidateRemoved", {accountId: 3}],
    ["Session.NewSession", {sessionIndex: 2}],
  ]);
  mock.runTo(30);
  assert.deepEqual([mock.changedAt, mock.active], [30, [1, 2, AUTHOR]]);
});

test("kicking stops where too few collators would be left", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  register(mock, 5);
  for (const who of [1, 2]) {
    assert.equal(mock.collator(OWNER, "remove_invulnerable", {who: account(who)}), "ok");
  }
  mock.runTo(10);
  assert.deepEqual(mock.candidates, [3, 5]);
  mock.runTo(20);
  assert.deepEqual([mock.changedAt, mock.active], [20, [3, 5]]);
  assert.deepEqual(mock.candidates, [5]);
  assert.equal(mock.free(3), 100n);
  mock.runTo(30);
  assert.deepEqual([mock.changedAt, mock.active], [30, [5]]);
  assert.deepEqual(mock.candidates, [5]);
});

test("candidates who became invulnerable leave the list of candidates at the session's end", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  assert.deepEqual([mock.candidates, mock.invulnerables], [[3], [1, 2]]);
  assert.equal(mock.collator(OWNER, "set_invulnerables", {new: [1, 2, 3].map(account)}), "ok");
  assert.deepEqual([mock.candidates, mock.free(3)], [[3], 90n]);

  mock.runTo(10);
  assert.deepEqual(mock.candidates, []);
  assert.deepEqual([mock.free(3), mock.reserved(3)], [100n, 0n]);
  assert.equal(mock.lastAuthored(3), 10, "it goes on authoring, so what it did is not forgotten");
  assert.deepEqual(mock.invulnerables, [1, 2, 3]);
  assert.deepEqual(mock.queued, [1, 2, 3]);
});

test("a candidate who became invulnerable counts once when kicking stops at the minimum", () => {
  const mock = new CollatorMock([2, 1], 2);
  for (const who of [3, 5]) register(mock, who);
  mock.runTo(15);
  mock.selection.noteAuthor(mock.state, account(3));
  assert.equal(mock.collator(OWNER, "set_invulnerables", {new: [account(3)]}), "ok");
  // 3 stands in both lists and is not silent: two accounts in all, so that 5, who is silent, is spared.
  mock.runTo(20);
  assert.deepEqual([mock.candidates, mock.invulnerables], [[5], [3]]);
  assert.deepEqual([mock.free(3), mock.free(5)], [100n, 90n]);
});

test("an author that holds nothing comes to life by its reward", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  mock.fundPot(105n);
  mock.clearEvents();
  mock.selection.noteAuthor(mock.state, account(9));
  assert.equal(mock.free(9), 50n);
  assert.deepEqual(
    mock.events().map(([name]) => name),
    ["System.NewAccount", "Balances.Endowed", "Balances.Transfer"],
  );
});

test("noting an author and choosing a set are booked as weight of the block", () => {
  const mock = new CollatorMock();
  const mandatory = () => mock.system.storage.blockWeight.get(mock.state).mandatory.refTime;
  const before = mandatory();
  mock.selection.noteAuthor(mock.state, account(AUTHOR));
  assert.equal(mandatory() - before, 546_461_000n);
  register(mock, 3);
  register(mock, 5);
  mock.setBlock(20);
  const between = mandatory();
  mock.selection.newSession(mock.state);
  // Two candidates before, both kicked: 2 x 109,961,000 + 2 x 151,952,000, 6 reads and 8 writes.
  assert.equal(mandatory() - between, 1_473_826_000n);
});

test("a collator that purged its keys is left out of the queue and stays a candidate", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  assert.equal(mock.run(mock.signed(3), "Session", "purge_keys"), "ok");
  mock.runTo(10);
  assert.deepEqual([mock.queued, mock.candidates], [[1, 2], [3]]);
});

test("everything an account with a bond owns cannot be sent away", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  const all = {dest: address(1), value: 90n};
  assert.equal(mock.run(mock.signed(3), "Balances", "transfer_allow_death", all), "Token.Frozen");
});
