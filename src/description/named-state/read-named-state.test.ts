import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {binaryToBytes, bytesToHex, concatBytes, unwrap, utf8Bytes} from "#base";
import {
  bitSequence,
  bool,
  bytes,
  type Codec,
  compactU128,
  decode,
  encode,
  fixedBytes,
  newtype,
  option,
  str,
  struct,
  type TypeInfo,
  tuple,
  typeInfo,
  u8,
  u32,
  u64,
  u128,
  unit,
  unnamedFields,
  variant,
  vec,
} from "#codec";
import {encodeSs58} from "#crypto";
import {accountId, itemKey} from "#primitives";
import {accountData, accountInfo} from "../../runtime/testing.ts";
import type {PalletDescription, StorageHasher} from "../chain-description.ts";
import {unknownType} from "../index.ts";
import {descriptionOf, hashing, khala} from "../test-kit/our-metadata.ts";
import {type NamedChange, readNamedState} from "./index.ts";

const description = descriptionOf(khala);

const read = (json: unknown) => readNamedState(description, json, hashing);

/** A chain of one pallet, of items by name. */
function chainOf(pallet: string, items: Readonly<Record<string, Item>>) {
  const storage = Object.entries(items).map(([name, {value, keys = []}]) => ({
    pallet,
    prefix: pallet,
    name,
    modifier: "Optional" as const,
    hashers: keys.map(([hasher]) => hasher),
    keys: keys.map(([, key]) => key.info),
    value: value.info,
    fallback: Uint8Array.of(0),
    docs: [],
  }));
  const nothing = {calls: undefined, events: undefined, errors: undefined, constants: []};
  const described: PalletDescription = {name: pallet, index: 0, docs: [], storage, ...nothing};
  return {pallets: [described]};
}

interface Item {
  readonly value: {readonly info: TypeInfo};
  readonly keys?: readonly (readonly [StorageHasher, {readonly info: TypeInfo}])[];
}

const tailOf = (item: string) => bytesToHex(hashing.twox128(utf8Bytes(item))).slice(-6);

const text = (change: NamedChange): string => {
  const key = bytesToHex(binaryToBytes(change.kind === "remove-all" ? change.prefix : change.key));
  const place = `${change.kind} …${key.slice(-6)}`;
  return change.kind === "set" ? `${place} ${bytesToHex(change.value)}` : place;
};

/** Changes as text, with the last digits of the keys. */
const shown = (json: unknown): string[] => unwrap(read(json)).map(text);

/** Where a reading ends, and what belongs there. */
const misfit = (json: unknown): string => {
  const answer = read(json);
  return answer.ok ? "fits" : `${answer.error.at}: ${answer.error.expected}`;
};

const NONE = new Uint8Array(0);
const WHO = new Uint8Array(32).fill(7);

test("an account by its address or its bytes, money as a number or a text, what is left out as zero", () => {
  for (const who of [encodeSs58(WHO, 30), encodeSs58(WHO, 42), bytesToHex(WHO)]) {
    for (const free of [1_000, "1000", "0x03e8"]) {
      const [change] = unwrap(
        read({system: {account: [[[who], {providers: 1, data: {free}}]]}}),
      ) as [NamedChange & {kind: "set"}];
      const {providers, nonce, data} = unwrap(decode(accountInfo(accountData), change.value));
      assert.deepEqual([providers, nonce, data.free], [1, 0, 1_000n]);
      const prefix = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
      const key = bytesToHex(binaryToBytes(change.key));
      assert.equal(
        key,
        `${prefix}${bytesToHex(hashing.blake2b128(WHO)).slice(2)}${"07".repeat(32)}`,
      );
    }
  }
});

test("values, entries of maps, null, and all of an item", () => {
  const sudo = bytesToHex(WHO);
  assert.deepEqual(shown({Sudo: {Key: sudo}}), [`set …${tailOf("Key")} ${sudo}`]);
  assert.deepEqual(shown({Sudo: {Key: null}}), [`remove …${tailOf("Key")}`]);
  assert.deepEqual(
    shown({
      System: {
        BlockHash: [[[5], null]],
        $removePrefix: ["Account", "blockHash"],
      },
    }),
    [`remove-all …${tailOf("Account")}`, `remove-all …${tailOf("BlockHash")}`, "remove …000000"],
  );
});

test("what does not fit is named by its place, with what belongs there", () => {
  const account = (value: unknown, who: unknown = bytesToHex(WHO)) => ({
    System: {Account: [[[who], value]]},
  });
  const at = "System.Account[0][1]";
  assert.match(misfit(5), /^: an object by pallet: System, /);
  assert.match(
    misfit({System: {ExecutionPhase: {Initialization: 5}}}),
    /^System\.ExecutionPhase.*: Initialization alone: it holds nothing/,
  );
  assert.match(misfit({Sytsem: {}}), /^Sytsem: the name of a pallet: System, /);
  assert.match(
    misfit({System: {Acount: []}}),
    /^System\.Acount: the name of an item of System: Account, /,
  );
  assert.match(
    misfit({System: {$removePrefix: ["Acount"]}}),
    /^System\.\$removePrefix\[0\]: the name/,
  );
  assert.match(misfit({System: {$removePrefix: "Account"}}), /: a list of names of items$/);
  assert.match(misfit({System: {Account: {}}}), /^System\.Account: a list of \[\[key\], value\]$/);
  assert.match(
    misfit({System: {Account: [["5", {}]]}}),
    /^System\.Account\[0\]: \[\[key\], value\]/,
  );
  assert.match(misfit(account({}, "5Grw")), /^System\.Account\[0\]\[0\]: an address/);
  assert.match(
    misfit(account({free: 1})),
    /^System\.Account\[0\]\[1\]\.free: no such field, but any of nonce,/,
  );
  assert.match(
    misfit(account({nonce: -1})),
    /nonce: a whole number from 0 to 4294967295, as a number/,
  );
  for (const free of [1.5, 2 ** 60, "1.5", "1,000", "", "0x", true, [], {}]) {
    assert.match(
      misfit(account({data: {free}})),
      new RegExp(`^${at.replace(/[[\]]/g, "\\$&")}\\.data\\.free: a whole`),
    );
  }
  assert.match(
    misfit({Aura: {CurrentSlot: (1n << 64n).toString()}}),
    /from 0 to 18446744073709551615/,
  );
  assert.match(misfit({Session: {Validators: ["0x07"]}}), /^Session\.Validators\[0\]: an address/);
});

const choice = variant({
  Nothing: [1, unit],
  One: [3, u8],
  Two: [5, unnamedFields(u8, u128)],
  Named: [7, struct({lastBlock: u32, who: accountId})],
});
const everything = struct({
  choices: vec(choice),
  maybe: option(u64),
  data: bytes,
  four: fixedBytes(4),
  pair: tuple(bool, str),
  packed: compactU128,
  slot: newtype(u64, {path: "toy::Slot"}),
});
const toy = chainOf("Toy", {Everything: {value: everything}});

test("whatever a type can hold is written as its codec writes it", () => {
  const byte = fc.nat({max: 255});
  const wide = fc.bigInt({min: 0n, max: (1n << 128n) - 1n});
  const u64s = fc.bigInt({min: 0n, max: (1n << 64n) - 1n});
  const blob = (length: number) => fc.uint8Array({minLength: length, maxLength: length});
  /** The same value for the codec and in JSON. */
  const both = fc.oneof(
    fc.constant([{type: "Nothing"}, "Nothing"]),
    fc.constant([{type: "Nothing"}, {nothing: null}]),
    byte.map(one => [{type: "One", value: one}, {One: one}]),
    fc.tuple(byte, wide).map(two => [{type: "Two", value: two}, {two: [two[0], String(two[1])]}]),
    fc
      .tuple(fc.nat(), blob(32))
      .map(([lastBlock, who]) => [
        {type: "Named", value: {lastBlock, who}},
        {named: {last_block: lastBlock, who: encodeSs58(who, 30)}},
      ]),
  );
  const value = fc.record({
    choices: fc.array(both, {maxLength: 4}),
    maybe: fc.option(u64s, {nil: undefined}),
    data: fc.uint8Array({maxLength: 40}),
    four: blob(4),
    pair: fc.tuple(fc.boolean(), fc.string({unit: "grapheme"})),
    packed: wide,
    slot: u64s,
  });
  fc.assert(
    fc.property(value, ({choices, ...rest}) => {
      const plain = {...rest, choices: choices.map(([plain]) => plain)};
      const json = {
        choices: choices.map(([, json]) => json),
        maybe: rest.maybe === undefined ? null : String(rest.maybe),
        data: bytesToHex(rest.data),
        four: [...rest.four],
        pair: rest.pair,
        packed: `0x${rest.packed.toString(16)}`,
        slot: String(rest.slot),
      };
      const [change] = unwrap(readNamedState(toy, {Toy: {Everything: json}}, hashing));
      assert.ok(change?.kind === "set");
      const expected = encode(everything as Codec<unknown>, plain);
      assert.equal(bytesToHex(change.value), bytesToHex(expected));
    }),
  );
});

test("left out, everything is zero", () => {
  const [change] = unwrap(readNamedState(toy, {toy: {everything: {}}}, hashing));
  assert.ok(change?.kind === "set");
  const zero = {choices: [], maybe: undefined, data: new Uint8Array(0), four: new Uint8Array(4)};
  const rest = {pair: [false, ""] as [boolean, string], packed: 0n, slot: 0n};
  assert.equal(bytesToHex(change.value), bytesToHex(encode(everything, {...zero, ...rest})));
});

test("maps of several keys, by all hashers", () => {
  const who = bytesToHex(WHO);
  const key = hashing;
  const hashers: readonly (readonly [StorageHasher, (data: Uint8Array) => Uint8Array])[] = [
    ["Identity", data => data],
    ["Twox64Concat", data => concatBytes(key.twox64(data), data)],
    ["Blake2_128Concat", data => concatBytes(key.blake2b128(data), data)],
    ["Twox128", data => key.twox128(data)],
    ["Blake2_128", data => key.blake2b128(data)],
    ["Blake2_256", data => key.blake2b256(data)],
  ];
  for (const [first, hashFirst] of hashers) {
    for (const [second, hashSecond] of hashers) {
      const chain = chainOf("Nested", {
        Owner: {
          value: u8,
          keys: [
            [first, u32],
            [second, accountId],
          ],
        },
      });
      const [change] = unwrap(readNamedState(chain, {Nested: {Owner: [[[7, who], 1]]}}, hashing));
      assert.equal(change?.kind, "set");
      const expected = concatBytes(
        binaryToBytes(itemKey(hashing, "Nested", "Owner")),
        hashFirst(Uint8Array.of(7, 0, 0, 0)),
        hashSecond(WHO),
      );
      assert.equal(bytesToHex(binaryToBytes(change.key)), bytesToHex(expected));
    }
  }
  const chain = chainOf("Nested", {
    Owner: {
      value: u8,
      keys: [
        ["Twox256", u8],
        ["Identity", u8],
      ],
    },
  });
  const wrong = (json: unknown) => {
    const answer = readNamedState(chain, {nested: {owner: json}}, hashing);
    return answer.ok ? "fits" : `${answer.error.at}: ${answer.error.expected}`;
  };
  assert.equal(wrong([[[1, 2], null]]), "fits");
  assert.equal(wrong({}), "nested.owner: a list of [[key 1, key 2], value]");
  assert.match(wrong([[[1], 1]]), /^nested\.owner\[0\]: \[\[key 1, key 2\], value\]/);
  assert.match(
    wrong([[[1, 256], 1]]),
    /^nested\.owner\[0\]\[0\]\[1\]: a whole number from 0 to 255/,
  );
});

test("a map by Twox256 has keys of four hashes", () => {
  const chain = chainOf("Rare", {Of: {value: u8, keys: [["Twox256", unit]]}});
  const [change] = unwrap(readNamedState(chain, {Rare: {Of: [[[[]], 1]]}}, hashing));
  assert.equal(change?.kind, "set");
  const hash = bytesToHex(binaryToBytes(change.key)).slice(2 + 64);
  assert.equal(hash.slice(0, 32), bytesToHex(hashing.twox128(NONE)).slice(2));
  assert.equal(hash.length, 64);
  assert.equal(new Set(hash.match(/.{16}/g)).size, 4);
});

test("what metadata does not describe, and types without end, are refused", () => {
  const endless: {path: string[]; params: []; docs: []; def: TypeInfo["def"]} = {
    path: ["Endless"],
    params: [],
    docs: [],
    def: {kind: "tuple", elements: []},
  };
  endless.def = {kind: "composite", fields: [{name: "in", typeName: "", docs: [], type: endless}]};
  const vast = typeInfo({kind: "array", length: 0xffff_ffff, element: unit.info});
  const chain = chainOf("Odd", {
    Unknown: {value: {info: unknownType("T::Odd")}},
    Endless: {value: {info: endless}},
    Vast: {value: {info: vast}},
  });
  const expected = (json: unknown) => {
    const answer = readNamedState(chain, {Odd: json}, hashing);
    return answer.ok ? "fits" : answer.error.expected;
  };
  assert.match(expected({Unknown: 5}), /does not tell what T::Odd is/);
  assert.match(expected({Endless: {}}), /nested at most/);
  assert.match(expected({Vast: undefined}), /at most .* values/);
});

test("bits are written as digits, the first one first", () => {
  const bits = chainOf("Bits", {Asked: {value: bitSequence("u8", "Lsb0")}});
  const value = (json: unknown) => {
    const answer = readNamedState(bits, {Bits: {Asked: json}}, hashing);
    if (!answer.ok) return answer.error.expected;
    const [change] = answer.value;
    return change?.kind === "set" ? bytesToHex(change.value) : "";
  };
  assert.equal(value("0b110000001"), "0x240301");
  assert.equal(value("0b"), "0x00");
  for (const other of ["101", "0b2", 5, [true]]) assert.equal(value(other), "0b and digits 0 or 1");
});

test("any JSON is read or refused", () => {
  fc.assert(
    fc.property(fc.jsonValue(), json => {
      for (const value of [
        json,
        {Toy: json},
        {Toy: {Everything: json}},
        {Toy: {Everything: {choices: [json]}}},
      ]) {
        const answer = readNamedState(toy, value, hashing);
        assert.ok(answer.ok || answer.error.expected.length > 0);
      }
    }),
  );
});
