import assert from "node:assert/strict";
import {test} from "node:test";
import {errorName} from "../../frame/index.ts";
import {CollatorMock} from "../../test-kit/collator-mock.ts";

test("genesis sets bond and number of candidates, and sorts the invulnerables", () => {
  const mock = new CollatorMock();
  const {storage} = mock.selection;
  assert.equal(storage.desiredCandidates.get(mock.state), 2);
  assert.equal(storage.candidacyBond.get(mock.state), 10n);
  assert.deepEqual(mock.candidates, []);
  assert.deepEqual(mock.invulnerables, [1, 2]);
});

test("genesis with an invulnerable listed twice is refused", () => {
  assert.throws(() => new CollatorMock([1, 2, 1]), /duplicate invulnerables/);
});

test("genesis with more invulnerables than the bound is refused", () => {
  const many = Array.from({length: 21}, (_, i) => i + 1);
  assert.throws(() => new CollatorMock(many), /too many invulnerables/);
});

test("error indices are those of storage version 1", () => {
  const mock = new CollatorMock();
  const index = mock.selection.pallet.index;
  const names = Array.from({length: 9}, (_, i) =>
    errorName(mock.pallets, {type: "Module", value: {index, error: Uint8Array.of(i, 0, 0, 0)}}),
  );
  assert.deepEqual(
    names.map(name => name.split(".")[1]),
    [
      "TooManyCandidates",
      "TooFewEligibleCollators",
      "AlreadyCandidate",
      "NotCandidate",
      "TooManyInvulnerables",
      "AlreadyInvulnerable",
      "NotInvulnerable",
      "NoAssociatedValidatorId",
      "ValidatorNotRegistered",
    ],
  );
});
