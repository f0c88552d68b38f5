import assert from "node:assert/strict";
import {test} from "node:test";
import {hex} from "#base";
import {createPortableHashing} from "#crypto";
import {account} from "../../test-kit/accounts.ts";
import {keysOf, SessionMock} from "../../test-kit/session-mock.ts";
import {AURA_KEY, concatKeys} from "./index.ts";

// Upstream's tests of changing the key types and of historical sessions have nothing to stand on here: this
// version has one key type and keeps no history.

const ownerOf = (mock: SessionMock, key: number) =>
  mock.session.storage.keyOwner.get(mock.state, [hex("0x61757261"), account(key)]);

test("keys that were set can be read back, with their owner", () => {
  const mock = new SessionMock();
  assert.equal(mock.setKeys(4, 44), "ok");
  assert.deepEqual(mock.session.storage.nextKeys.get(mock.state, account(4)), keysOf(44));
  assert.deepEqual(ownerOf(mock, 44), account(4));
  assert.equal(mock.session.isRegistered(mock.state, account(4)), true);
  assert.equal(mock.session.isRegistered(mock.state, account(69)), false);
});

test("purging forgets keys and owner and frees the account to go", () => {
  const mock = new SessionMock();
  assert.deepEqual(mock.validators, [1, 2, 3]);
  assert.deepEqual(ownerOf(mock, 1), account(1));
  assert.equal(mock.info(1).consumers, 1);
  assert.equal(mock.purgeKeys(1), "ok");
  assert.equal(mock.session.storage.nextKeys.has(mock.state, account(1)), false);
  assert.equal(ownerOf(mock, 1), undefined);
  assert.equal(mock.info(1).consumers, 0);
  // A validator is its own account on this chain, so there is no other name to purge by.
  assert.equal(mock.purgeKeys(1), "Session.NoKeys");
});

test("a key has one owner, until the owner takes another", () => {
  const mock = new SessionMock();
  mock.runTo(1);
  assert.equal(mock.setKeys(4, 1), "Session.DuplicatedKey");
  assert.equal(mock.setKeys(1, 10), "ok");
  assert.equal(mock.setKeys(4, 1), "ok");
  assert.deepEqual(ownerOf(mock, 1), account(4));
  assert.equal(mock.info(1).consumers, 1);
});

test("setting the same keys again changes nothing", () => {
  const mock = new SessionMock();
  assert.equal(mock.setKeys(2, 2), "ok");
  assert.deepEqual(ownerOf(mock, 2), account(2));
  assert.equal(mock.info(2).consumers, 1);
});

test("an account that does not exist, or is depended on too often, sets no keys", () => {
  const mock = new SessionMock();
  assert.equal(mock.setKeys(5, 5), "Session.NoAccount");
  const {references} = mock.system;
  for (let i = 0; i < 16; i++) references.incConsumers(mock.state, account(4));
  assert.equal(mock.setKeys(4, 44), "Session.NoAccount");
});

test("the bytes that a node generates are the keys that set_keys takes", () => {
  const mock = new SessionMock();
  const key = createPortableHashing().blake2b256(hex("0x01"));
  const generated = concatKeys([AURA_KEY], {aura: key});
  assert.deepEqual(generated, key);
  const args = {keys: {aura: generated}, proof: new Uint8Array(0)};
  assert.equal(mock.run(mock.signed(4), "Session", "set_keys", args), "ok");
});

test("only signers have keys", () => {
  const mock = new SessionMock();
  const args = {keys: keysOf(9), proof: new Uint8Array(0)};
  assert.equal(mock.run(mock.root, "Session", "set_keys", args), "BadOrigin");
  assert.equal(mock.run(mock.none, "Session", "purge_keys"), "BadOrigin");
});

test("genesis depends on the accounts of its validators, and brings to life who has none", () => {
  const mock = new SessionMock();
  mock.session.genesis(mock.state, [
    [account(4), keysOf(4)],
    [account(5), keysOf(5)],
  ]);
  assert.deepEqual([mock.info(4).providers, mock.info(4).consumers], [1, 1]);
  assert.deepEqual([mock.info(5).providers, mock.info(5).consumers], [1, 0]);
});

test("genesis with one key for two validators, or a validator without keys, is refused", () => {
  const mock = new SessionMock();
  const twice = [
    [account(4), keysOf(7)],
    [account(69), keysOf(7)],
  ] as const;
  assert.throws(() => mock.session.genesis(mock.state, twice), /share a session key/);
  mock.next = [1, 5];
  assert.throws(() => mock.session.genesis(mock.state, []), /without session keys/);
});
