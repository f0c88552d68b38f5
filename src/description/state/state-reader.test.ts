import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {type BinaryString, bytesToBinary, concatBytes, unwrap} from "#base";
import {encode, str, type TypeInfo, u8, u16, u32} from "#codec";
import {encodeSs58} from "#crypto";
import {accountId, itemKey} from "#primitives";
import {memoryState} from "#state";
import type {ChainDescription, StorageHasher, StorageItem} from "../chain-description.ts";
import {findItem, readStorageKey, StateReader, storageKey, unknownType} from "../index.ts";
import {descriptionOf, hashing, khala} from "../test-kit/our-metadata.ts";

const description = descriptionOf(khala);

const account = (byte: number) => new Uint8Array(32).fill(byte);
const stateOf = (entries: readonly (readonly [BinaryString, Uint8Array])[]) =>
  memoryState(entries, data => hashing.blake2b256(data));

const {validators} = khala.session.storage;
const {account: accounts} = khala.system.storage;

const NO_FUNDS = {free: 0n, reserved: 0n, frozen: 0n, flags: 1n << 127n};
const held = {nonce: 7, consumers: 1, providers: 1, sufficients: 0, data: {...NO_FUNDS, free: 5n}};

test("values are read by names, as the runtime's own codecs read them", () => {
  const state = stateOf([
    [validators.key, encode(validators.entry.value, [account(1), account(2)])],
    [accounts.keyOf(account(1)), encode(accounts.entry.value, held)],
  ]);
  const reader = new StateReader(description, state, hashing);
  assert.deepEqual(reader.read("Session.Validators"), [account(1), account(2)]);
  for (const who of [account(1), encodeSs58(account(1), 30)]) {
    assert.deepEqual(reader.read("System.Account", [who]), held);
  }
  assert.deepEqual(reader.ask("System.Account", [account(9)]), {
    kind: "value",
    value: {nonce: 0, consumers: 0, providers: 0, sufficients: 0, data: NO_FUNDS},
    isStored: false,
  });
});

test("nothing stored, not published, asked with the wrong keys and unreadable are told apart", () => {
  const broken = stateOf([[validators.key, Uint8Array.of(0xff)]]);
  const reader = new StateReader(description, broken, hashing);
  const kindOf = (name: string, keys?: readonly unknown[]) => reader.ask(name, keys).kind;
  assert.equal(kindOf("Sudo.Key"), "nothing");
  assert.equal(kindOf("Balances.Balloons"), "not-published");
  assert.equal(kindOf("Parachains.Heads"), "not-published");
  assert.equal(kindOf("System"), "not-published");
  assert.equal(kindOf("System.Account"), "misfit");
  assert.equal(kindOf("System.Account", [account(1), 5]), "misfit");
  assert.equal(kindOf("System.Account", [5]), "misfit");
  assert.equal(kindOf("Session.Validators"), "unreadable");
  for (const name of ["Sudo.Key", "Parachains.Heads", "Session.Validators"]) {
    assert.equal(reader.read(name), undefined);
  }
  assert.equal(reader.publishes("Sudo.Key"), true);
  assert.equal(reader.publishes("Sudo.Lock"), false);
});

/** A chain of one item. */
function chainOf(value: TypeInfo, keys: readonly (readonly [StorageHasher, TypeInfo])[]) {
  const item: StorageItem = {
    pallet: "Nested",
    prefix: "OldName",
    name: "Owner",
    modifier: "Optional",
    hashers: keys.map(([hasher]) => hasher),
    keys: keys.map(([, key]) => key),
    value,
    fallback: Uint8Array.of(0),
    docs: [],
  };
  const nothing = {calls: undefined, events: undefined, errors: undefined, constants: []};
  const pallet = {name: "Nested", index: 0, docs: [], storage: [item], ...nothing};
  const chain: ChainDescription = {...description, pallets: [pallet]};
  return {item, chain};
}

const READABLE: readonly StorageHasher[] = ["Identity", "Twox64Concat", "Blake2_128Concat"];
const OPAQUE: readonly StorageHasher[] = ["Twox128", "Twox256", "Blake2_128", "Blake2_256"];

test("keys come out of a storage key as they went in, as far as their hashers leave them", () => {
  const hashers = fc.tuple(
    fc.constantFrom(...READABLE, ...OPAQUE),
    fc.constantFrom(...READABLE, ...OPAQUE),
  );
  const keys = fc.tuple(fc.nat({max: 0xffff_ffff}), fc.string({maxLength: 12, unit: "grapheme"}));
  fc.assert(
    fc.property(hashers, keys, ([first, second], [number, text]) => {
      const {item} = chainOf(u8.info, [
        [first, u32.info],
        [second, str.info],
      ]);
      const key = unwrap(storageKey(item, [number, text], hashing));
      assert.ok(
        key.startsWith(itemKey(hashing, "OldName", "Owner")),
        "by the prefix of the pallet",
      );
      assert.ok(key.startsWith(unwrap(storageKey(item, [number], hashing))), "under its first key");
      const firstRead = READABLE.includes(first);
      const secondRead = firstRead && READABLE.includes(second);
      assert.deepEqual(readStorageKey(item, key, hashing), [
        firstRead ? number : undefined,
        secondRead ? text : undefined,
      ]);
      assert.equal(readStorageKey(item, "other", hashing), undefined);
      if (secondRead) assert.equal(readStorageKey(item, `${key}x`, hashing), undefined);
    }),
  );
});

test("entries of a map come in pages, all of them or those under a first key", () => {
  const {item, chain} = chainOf(u16.info, [
    ["Twox64Concat", u8.info],
    ["Identity", u8.info],
  ]);
  const entries = [...Array(3).keys()].flatMap(first =>
    [...Array(4).keys()].map(second => {
      const key = unwrap(storageKey(item, [first, second], hashing));
      return [key, encode(u16, 10 * first + second)] as const;
    }),
  );
  const beside = [["other" as BinaryString, Uint8Array.of(1)] as const];
  const reader = new StateReader(chain, stateOf([...entries, ...beside]), hashing);
  const collect = (limit: number, keys: readonly unknown[] = []) => {
    const found: string[] = [];
    let after: BinaryString | undefined;
    do {
      const page = unwrap(reader.page("Nested.Owner", {keys, after, limit})!);
      assert.ok(page.entries.length <= limit, "no more than asked for");
      found.push(...page.entries.map(entry => `${entry.keys} ${unwrap(entry.value)}`));
      after = page.after;
    } while (after !== undefined);
    return found.sort();
  };
  const all = [...Array(3).keys()].flatMap(first =>
    [...Array(4).keys()].map(second => `${first},${second} ${10 * first + second}`),
  );
  for (const limit of [1, 5, 12, 100]) assert.deepEqual(collect(limit), all);
  assert.deepEqual(collect(3, [1]), all.slice(4, 8));
  assert.deepEqual(collect(3, [9]), []);
  assert.equal(reader.page("Nested.Nobody", {limit: 1}), undefined);
  assert.equal(reader.page("Nested.Owner", {keys: [256], limit: 1})?.ok, false);
});

test("an entry whose value nobody can read is still there, with its keys", () => {
  const {item, chain} = chainOf(unknownType("T::Odd"), [["Blake2_128Concat", accountId.info]]);
  const key = unwrap(storageKey(item, [account(3)], hashing));
  const reader = new StateReader(chain, stateOf([[key, Uint8Array.of(1)]]), hashing);
  const [entry] = unwrap(reader.page("Nested.Owner", {limit: 5})!).entries;
  assert.deepEqual(entry?.keys, [account(3)]);
  assert.equal(entry.value.ok ? "" : entry.value.error.code, "type-unknown");
});

test("the storage key of an account is the one that everybody knows", () => {
  const item = findItem(description, "system.account")!;
  const who = account(7);
  const expected =
    itemKey(hashing, "System", "Account") +
    bytesToBinary(concatBytes(hashing.blake2b128(who), who));
  assert.equal(unwrap(storageKey(item, [who], hashing)), expected);
});
