import assert from "node:assert/strict";
import {test} from "node:test";
import {account as accountOf} from "../../test-kit/accounts.ts";
import {CollatorMock, OWNER, UNREGISTERED} from "../../test-kit/collator-mock.ts";

const register = (mock: CollatorMock, who: number) => mock.collator(who, "register_as_candidate");
const desire = (mock: CollatorMock, max: number) =>
  mock.collator(OWNER, "set_desired_candidates", {max});

test("the owner, and nobody else, says how many candidates are wanted", () => {
  const mock = new CollatorMock();
  assert.equal(desire(mock, 7), "ok");
  assert.equal(mock.collator(1, "set_desired_candidates", {max: 8}), "BadOrigin");
  assert.equal(mock.selection.storage.desiredCandidates.get(mock.state), 7);
});

test("the owner, and nobody else, sets the bond, and deposits already made stay", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  assert.equal(mock.collator(OWNER, "set_candidacy_bond", {bond: 7n}), "ok");
  assert.equal(mock.collator(1, "set_candidacy_bond", {bond: 8n}), "BadOrigin");
  assert.equal(mock.selection.storage.candidacyBond.get(mock.state), 7n);
  assert.equal(mock.reserved(3), 10n);
});

test("no more candidates register than are wanted", () => {
  const mock = new CollatorMock();
  desire(mock, 0);
  assert.equal(register(mock, 3), "CollatorSelection.TooManyCandidates");
  desire(mock, 1);
  assert.equal(register(mock, 4), "ok");
  assert.equal(register(mock, 5), "CollatorSelection.TooManyCandidates");
  assert.deepEqual(mock.candidates, [4]);
});

test("however many are wanted, the bound of the list holds", () => {
  const mock = new CollatorMock();
  desire(mock, 30);
  const many = Array.from({length: 21}, (_, i) => 100 + i);
  for (const who of many) {
    mock.run(mock.root, "Balances", "force_set_balance", {
      who: {type: "Id", value: accountOf(who)},
      newFree: 100n,
    });
  }
  for (const who of many.slice(0, 20)) assert.equal(register(mock, who), "ok");
  assert.equal(register(mock, many[20]!), "CollatorSelection.TooManyCandidates");
  assert.equal(mock.free(many[20]!), 100n);
});

test("an invulnerable is no candidate", () => {
  const mock = new CollatorMock();
  assert.equal(register(mock, 1), "CollatorSelection.AlreadyInvulnerable");
});

test("nobody registers without session keys", () => {
  const mock = new CollatorMock();
  assert.equal(register(mock, UNREGISTERED), "CollatorSelection.ValidatorNotRegistered");
});

test("nobody registers twice", () => {
  const mock = new CollatorMock();
  assert.equal(register(mock, 3), "ok");
  assert.deepEqual(mock.selection.storage.candidates.get(mock.state), [
    {who: accountOf(3), deposit: 10n},
  ]);
  assert.equal(mock.lastAuthored(3), 10);
  assert.equal(mock.free(3), 90n);
  assert.equal(register(mock, 3), "CollatorSelection.AlreadyCandidate");
  assert.equal(mock.free(3), 90n);
});

test("who cannot pay the bond does not register", () => {
  const mock = new CollatorMock();
  assert.equal(register(mock, 3), "ok");
  assert.equal(register(mock, 33), "Balances.InsufficientBalance");
  assert.deepEqual(mock.candidates, [3]);
});

test("candidates stand in the order of their registration, with their bonds reserved", () => {
  const mock = new CollatorMock();
  mock.setBlock(1);
  assert.equal(register(mock, 4), "ok");
  assert.equal(register(mock, 3), "ok");
  assert.deepEqual(mock.candidates, [4, 3]);
  for (const who of [3, 4]) assert.deepEqual([mock.free(who), mock.reserved(who)], [90n, 10n]);
  assert.deepEqual(mock.events(), [
    ["Balances.Reserved", {who: 4, amount: 10n}],
    ["CollatorSelection.CandidateAdded", {accountId: 4, deposit: 10n}],
    ["Balances.Reserved", {who: 3, amount: 10n}],
    ["CollatorSelection.CandidateAdded", {accountId: 3, deposit: 10n}],
  ]);
});

test("a candidate that leaves gets its bond back at once; who is none cannot leave", () => {
  const mock = new CollatorMock();
  register(mock, 3);
  assert.equal(mock.lastAuthored(3), 10);
  assert.equal(mock.collator(4, "leave_intent"), "CollatorSelection.NotCandidate");
  assert.equal(mock.collator(3, "leave_intent"), "ok");
  assert.deepEqual([mock.free(3), mock.reserved(3)], [100n, 0n]);
  assert.equal(mock.lastAuthored(3), 0);
});

test("registering and leaving weigh what the list was long, not what it may be", () => {
  const mock = new CollatorMock();
  const weigh = (name: string) => {
    const call = mock.call("CollatorSelection", name);
    const result = mock.dispatch(mock.signed(3), call);
    assert.ok(result.ok);
    return [call.call.info({}).weight.refTime, result.value.actualWeight?.refTime];
  };
  // 71,196,000 + 198,000 a candidate + 4 reads + 2 writes, declared for 20 candidates.
  assert.deepEqual(weigh("register_as_candidate"), [375_156_000n, 371_394_000n]);
  // 55,336,000 + 151,000 a candidate + 1 read + 2 writes.
  assert.deepEqual(weigh("leave_intent"), [283_356_000n, 280_336_000n]);
});
