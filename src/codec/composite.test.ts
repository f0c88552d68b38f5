import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, err, hex, ok, unwrap} from "#base";
import {
  alias,
  bool,
  bytes,
  type Codec,
  decode,
  decodePrefix,
  encode,
  fieldsOf,
  fixedBytes,
  mapped,
  newtype,
  option,
  result,
  str,
  struct,
  tuple,
  u8,
  u16,
  u32,
  u64,
  u128,
  unit,
  unnamedFields,
  variant,
  vec,
} from "./index.ts";

const hexOf = <T>(codec: Codec<T>, value: T) => bytesToHex(encode(codec, value));

test("integers are little-endian of their width", () => {
  assert.equal(hexOf(u8, 0xfe), "0xfe");
  assert.equal(hexOf(u16, 0x0102), "0x0201");
  assert.equal(hexOf(u32, 0xfedc_ba98), "0x98badcfe");
  assert.equal(hexOf(u64, 0x0102_0304_0506_0708n), "0x0807060504030201");
  assert.equal(hexOf(u128, (1n << 127n) | 1n), `0x01${"00".repeat(14)}80`);
  assert.equal(unwrap(decode(u32, hex("0x98badcfe"))), 0xfedc_ba98);
  assert.equal(unwrap(decode(u128, hex(`0x01${"00".repeat(14)}80`))), (1n << 127n) | 1n);
});

test("a bool is one of two bytes and an option or result one of two tags", () => {
  assert.equal(hexOf(bool, true), "0x01");
  assert.equal(hexOf(option(u8), undefined), "0x00");
  assert.equal(hexOf(option(bool), false), "0x0100");
  assert.equal(hexOf(result(u8, u16), ok(7)), "0x0007");
  assert.equal(hexOf(result(u8, u16), err(7)), "0x010700");
  for (const codec of [bool, option(u8), result(unit, unit)] as Codec<unknown>[]) {
    const decoded = decode(codec, hex("0x02"));
    assert.ok(!decoded.ok && decoded.error.code === "invalid-value");
  }
});

test("a struct is its fields in the order they are declared, published in snake case", () => {
  const codec = struct({lastAuthoredBlock: u32, who: u8, maxU32Value: unit});
  assert.equal(
    hexOf(codec, {who: 9, lastAuthoredBlock: 1, maxU32Value: undefined}),
    "0x0100000009",
  );
  assert.deepEqual(
    codec.fields?.map(({name, typeName}) => [name, typeName]),
    [
      ["last_authored_block", "u32"],
      ["who", "u8"],
      ["max_u32_value", "()"],
    ],
  );
});

test("a list has its length in front, and with a bound no more than that", () => {
  assert.equal(hexOf(vec(u16), [1, 2]), "0x0801000200");
  const bounded = vec(u8, {bound: 2});
  assert.deepEqual(decode(bounded, hex("0x080102")), {ok: true, value: [1, 2]});
  const long = decode(bounded, hex("0x0c010203"));
  assert.ok(!long.ok && long.error.code === "too-long");
});

test("bytes and text have their length in front, and text is UTF-8", () => {
  assert.equal(hexOf(bytes, hex("0x0102")), "0x080102");
  assert.equal(hexOf(str, "žá"), "0x10c5bec3a1");
  assert.equal(unwrap(decode(str, hex("0x10c5bec3a1"))), "žá");
  const broken = decode(str, hex("0x04ff"));
  assert.ok(!broken.ok && broken.error.code === "invalid-value");
});

test("bytes of a fixed length have no length in front and no other length", () => {
  const codec = fixedBytes(2);
  assert.equal(hexOf(codec, hex("0x0102")), "0x0102");
  assert.throws(() => encode(codec, hex("0x01")), RangeError);
  assert.throws(() => encode(codec, hex("0x010203")), RangeError);
});

test("a case of a variant is its index and its fields", () => {
  const codec = variant({Plain: [0, unit], Far: [200, struct({a: u8, b: u8})]});
  assert.equal(hexOf(codec, {type: "Plain"}), "0x00");
  assert.equal(hexOf(codec, {type: "Far", value: {a: 1, b: 2}}), "0xc80102");
  assert.deepEqual(unwrap(decode(codec, hex("0xc80102"))), {type: "Far", value: {a: 1, b: 2}});
  const unknown = decode(codec, hex("0x01"));
  assert.ok(!unknown.ok && unknown.error.code === "invalid-value");
  assert.throws(() => encode(codec, {type: "Near"} as never), RangeError);
});

test("metadata lists the fields of an anonymous struct, and a named one as a single field", () => {
  const names = (codec: Codec<unknown>) => fieldsOf(codec).map(({name}) => name);
  assert.deepEqual(names(struct({fooBar: u8, b: u8}) as Codec<unknown>), ["foo_bar", "b"]);
  assert.deepEqual(names(struct({a: u8}, {path: "some::Type"}) as Codec<unknown>), [undefined]);
  assert.deepEqual(names(unnamedFields(u8, u16) as Codec<unknown>), [undefined, undefined]);
  assert.deepEqual(names(tuple(u8, u16) as Codec<unknown>), [undefined]);
  assert.deepEqual(names(unit as Codec<unknown>), []);
});

test("newtypes, aliases and mappings change no bytes", () => {
  const slot = newtype(u64, {path: "sp_consensus_slots::Slot"});
  assert.equal(hexOf(slot, 1n), hexOf(u64, 1n));
  assert.deepEqual([slot.typeName, slot.info.path], ["Slot", ["sp_consensus_slots", "Slot"]]);
  const balance = alias(u128, "Balance");
  assert.deepEqual([balance.typeName, balance.info], ["Balance", u128.info]);
  const doubled = mapped(
    u8,
    (value: number) => value / 2,
    value => value * 2,
  );
  assert.equal(hexOf(doubled, 8), "0x04");
  assert.equal(unwrap(decode(doubled, hex("0x04"))), 8);
});

test("decoding takes all bytes, or says how many it took", () => {
  const left = decode(u8, hex("0x0102"));
  assert.ok(!left.ok && left.error.code === "trailing-bytes" && left.error.offset === 1);
  assert.deepEqual(decodePrefix(u8, hex("0x0102")), {ok: true, value: {value: 1, length: 1}});
  const short = decode(u32, hex("0x0102"));
  assert.ok(!short.ok && short.error.code === "unexpected-end");
});

test("what was decoded does not change with the bytes it came from", () => {
  const source = hex("0x080102");
  const decoded = unwrap(decode(bytes, source));
  source.fill(0);
  assert.deepEqual(decoded, hex("0x0102"));
});

test("encoding into a sink that grew leaves earlier results alone", () => {
  const large = new Uint8Array(10_000).fill(7);
  const first = encode(bytes, large);
  const second = encode(u8, 1);
  assert.equal(first.length, 10_002);
  assert.ok(first.subarray(2).every(byte => byte === 7));
  assert.deepEqual(second, hex("0x01"));
});

test("what was encoded stays as it is, however much is encoded after it", () => {
  const lengths = Array.from({length: 400}, (_, i) => (i * 37) % 1_500);
  const all = lengths.map((length, i) => encode(bytes, new Uint8Array(length).fill(i)));
  for (const [i, encoded] of all.entries()) {
    const body = encoded.subarray(encoded.length - lengths[i]!);
    assert.ok(body.every(byte => byte === i % 256));
  }
});
