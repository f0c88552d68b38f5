import assert from "node:assert/strict";
import {test} from "node:test";
import {account} from "../../test-kit/accounts.ts";
import {SessionMock} from "../../test-kit/session-mock.ts";

test("genesis makes its validators active and tells the handler their keys", () => {
  const mock = new SessionMock();
  assert.deepEqual(mock.validators, [1, 2, 3]);
  assert.deepEqual(mock.authorities, [1, 2, 3]);
  assert.deepEqual(mock.queued, [
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test("a new list is queued at once and active one rotation later", () => {
  const mock = new SessionMock();
  mock.next = [1, 2];
  mock.forceRotation();
  assert.deepEqual(mock.queued, [
    [1, 1],
    [2, 2],
  ]);
  assert.deepEqual(
    [mock.validators, mock.authorities],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  );
  mock.forceRotation();
  assert.deepEqual(
    [mock.validators, mock.authorities],
    [
      [1, 2],
      [1, 2],
    ],
  );

  mock.next = [1, 2, 4];
  assert.equal(mock.setKeys(4, 4), "ok");
  mock.forceRotation();
  assert.deepEqual(
    [mock.validators, mock.authorities],
    [
      [1, 2],
      [1, 2],
    ],
  );
  mock.forceRotation();
  assert.deepEqual(
    [mock.validators, mock.authorities],
    [
      [1, 2, 4],
      [1, 2, 4],
    ],
  );
});

test("a session that was ended early counts, and so does the regular end after it", () => {
  const mock = new SessionMock();
  const index = () => mock.session.storage.currentIndex.get(mock.state);
  mock.runTo(1);
  assert.equal(index(), 0);
  mock.runTo(2);
  assert.equal(index(), 1);
  mock.forceRotation();
  assert.deepEqual([mock.block, index()], [3, 2]);
  mock.runTo(4);
  assert.equal(index(), 3);
  assert.deepEqual(
    mock.events().filter(([name]) => name === "Session.NewSession"),
    [1, 2, 3].map(sessionIndex => ["Session.NewSession", {sessionIndex}]),
  );
});

test("a key set in block 3 is queued in block 4 and used from block 6", () => {
  const mock = new SessionMock();
  mock.runTo(2);
  assert.deepEqual(mock.authorities, [1, 2, 3]);
  mock.runTo(3);
  assert.equal(mock.setKeys(2, 5), "ok");
  assert.deepEqual(mock.authorities, [1, 2, 3]);
  mock.runTo(4);
  assert.deepEqual(mock.authorities, [1, 2, 3]);
  assert.deepEqual(mock.queued[1], [2, 5]);
  mock.runTo(5);
  assert.deepEqual(mock.authorities, [1, 2, 3]);
  mock.runTo(6);
  assert.deepEqual(mock.authorities, [1, 5, 3]);
});

test("the handler hears of a change one session late, after disabling or a validator's new key", () => {
  const mock = new SessionMock();
  mock.quiet = true;
  const rotate = () => {
    mock.forceRotation();
    return mock.changed;
  };
  assert.equal(rotate(), false);
  assert.equal(rotate(), false);

  mock.session.disableIndex(mock.state, 0);
  assert.equal(rotate(), false);
  assert.equal(rotate(), true);
  assert.equal(rotate(), false);

  assert.equal(mock.setKeys(2, 5), "ok");
  assert.equal(rotate(), false);
  assert.equal(rotate(), true);

  assert.equal(mock.setKeys(69, 69), "ok");
  assert.equal(rotate(), false);
  assert.equal(rotate(), false);
});

test("a validator is disabled once, and all are enabled again when the set changes", () => {
  const mock = new SessionMock();
  const disable = (index: number) => mock.session.disableIndex(mock.state, index);
  const disabled = () => mock.session.storage.disabledValidators.get(mock.state);
  assert.deepEqual(disabled(), []);
  assert.equal(disable(1), true);
  assert.equal(disable(1), false);
  assert.equal(disable(0), true);
  assert.equal(disable(3), false);
  assert.deepEqual(disabled(), [0, 1]);
  assert.deepEqual(mock.disabled, [1, 0]);
  assert.equal(mock.session.isDisabled(mock.state, 1), true);

  mock.forceRotation();
  assert.deepEqual(disabled(), [0, 1], "the first rotation brings no change");
  mock.forceRotation();
  assert.deepEqual(disabled(), []);
});

test("who is chosen and has no keys is left out without a word", () => {
  const mock = new SessionMock();
  mock.next = [1, 69, 3];
  mock.forceRotation();
  assert.deepEqual(mock.queued, [
    [1, 1],
    [3, 3],
  ]);
  assert.equal(mock.session.isRegistered(mock.state, account(69)), false);
});
