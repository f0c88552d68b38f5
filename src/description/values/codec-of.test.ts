import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, hex, unwrap} from "#base";
import {
  bitSequence,
  bool,
  bytes,
  type Codec,
  compactU32,
  compactU64,
  compactU128,
  decode,
  encode,
  fixedBytes,
  lazy,
  newtype,
  option,
  packBits,
  result,
  str,
  struct,
  type TypeInfo,
  tuple,
  typeInfo,
  u8,
  u16,
  u32,
  u64,
  u128,
  unit,
  unnamedFields,
  variant,
  vec,
} from "#codec";
import {encodeSs58} from "#crypto";
import {accountId, dispatchError, era, multiAddress, plainVariant, weight} from "#primitives";
import {codecOf, readValue, unknownType, writeValue} from "../index.ts";

const primitive = (name: "char" | "u256" | "i8" | "i64" | "i256") =>
  typeInfo({kind: "primitive", name});

/** A codec with values of it. */
type Case = readonly [codec: Codec<unknown>, values: fc.Arbitrary<unknown>];
const of = <T>(codec: Codec<T>, values: fc.Arbitrary<T>): Case => [
  codec as Codec<unknown>,
  values as fc.Arbitrary<unknown>,
];

const blob = (length: number) => fc.uint8Array({minLength: length, maxLength: length});
const wide = (bits: bigint) => fc.bigInt({min: 0n, max: (1n << bits) - 1n});
const word = fc.nat({max: 0xffff_ffff});

const LEAVES: readonly Case[] = [
  of(u8, fc.nat({max: 0xff})),
  of(u16, fc.nat({max: 0xffff})),
  of(u32, word),
  of(u64, wide(64n)),
  of(u128, wide(128n)),
  of(compactU32, word),
  of(compactU64, wide(64n)),
  of(compactU128, wide(128n)),
  of(bool, fc.boolean()),
  of(str, fc.string({unit: "grapheme"})),
  of(unit, fc.constant(undefined)),
  of(bytes, fc.uint8Array({maxLength: 80})),
  of(fixedBytes(20), blob(20)),
  of(accountId, blob(32)),
  of(weight, fc.record({refTime: wide(64n), proofSize: wide(64n)}, {noNullPrototype: true})),
  of(
    plainVariant(["Free", "Reserved"], "toy::Status"),
    fc.constantFrom<"Free" | "Reserved">("Free", "Reserved"),
  ),
  of(
    bitSequence("u16", "Msb0"),
    fc.array(fc.boolean()).map(bits => packBits(bits, "u16", "Msb0")),
  ),
];

const inNewtype = ([codec, values]: Case): Case => [newtype(codec, {path: "toy::Wrapped"}), values];
/** A list of bytes is one array of them, whichever codec it was declared by. */
const inList = ([codec, values]: Case): Case =>
  codec.info === u8.info
    ? of(bytes, fc.uint8Array({maxLength: 80}))
    : [vec(codec), fc.array(values, {maxLength: 3})];
const inOption = ([codec, values]: Case): Case => [
  option(codec),
  fc.option(values, {nil: undefined}),
];
const inResult = ([codec, values]: Case): Case => [
  result(codec, bool),
  fc.oneof(
    values.map(value => ({ok: true, value})),
    fc.boolean().map(error => ({ok: false, error})),
  ),
];
const inTuple = ([codec, values]: Case, [other, others]: Case): Case => [
  tuple(codec, other) as Codec<unknown>,
  fc.tuple(values, others),
];
const inStruct = ([codec, values]: Case, [other, others]: Case): Case => [
  struct({lastAuthoredBlock: codec, who: other}) as Codec<unknown>,
  fc.record({lastAuthoredBlock: values, who: others}, {noNullPrototype: true}),
];
const inVariant = ([codec, values]: Case, [other, others]: Case): Case => [
  variant({
    Nothing: [1, unit],
    One: [3, codec],
    Two: [5, unnamedFields(codec, other)],
    Named: [9, struct({first: other, secondOne: codec})],
  }) as Codec<unknown>,
  fc.oneof(
    fc.constant({type: "Nothing", value: undefined}),
    values.map(value => ({type: "One", value})),
    fc.tuple(values, others).map(value => ({type: "Two", value})),
    fc
      .record({first: others, secondOne: values}, {noNullPrototype: true})
      .map(value => ({type: "Named", value})),
  ),
];

/** Whether codecs of code lose it too: an option of what is nothing, or of an option. */
function isOptional([{info}]: Case): boolean {
  const held = (type: TypeInfo): TypeInfo =>
    type.path.at(-1) === "Wrapped" && type.def.kind === "composite"
      ? held(type.def.fields[0]!.type)
      : type;
  const {path, def} = held(info);
  return path.join() === "Option" || (def.kind === "tuple" && def.elements.length === 0);
}

function cases(depth: number): fc.Arbitrary<Case> {
  const leaf = fc.constantFrom(...LEAVES);
  if (depth === 0) return leaf;
  const inner = cases(depth - 1);
  const one = fc.constantFrom(inNewtype, inList, inResult);
  const two = fc.constantFrom(inTuple, inStruct, inVariant);
  return fc.oneof(
    leaf,
    fc.tuple(one, inner).map(([wrap, each]) => wrap(each)),
    inner.filter(each => !isOptional(each)).map(inOption),
    fc.tuple(two, inner, inner).map(([wrap, each, other]) => wrap(each, other)),
  );
}

const withValue = cases(3).chain(([codec, values]) => values.map(value => [codec, value] as const));

test("a type read from its description has the values and the bytes of the codec it describes", () => {
  fc.assert(
    fc.property(withValue, ([codec, value]) => {
      const encoded = encode(codec, value);
      assert.deepEqual(bytesToHex(unwrap(writeValue(codec.info, value))), bytesToHex(encoded));
      assert.deepEqual(readValue(codec.info, encoded), {ok: true, value});
    }),
    {numRuns: 600},
  );
});

test("any bytes read as the codec reads them, or are refused as it refuses them", () => {
  const anyBytes = fc.tuple(cases(2), fc.uint8Array({maxLength: 60}));
  fc.assert(
    fc.property(anyBytes, ([[codec], given]) => {
      const [ours, theirs] = [readValue(codec.info, given), decode(codec, given)];
      if (theirs.ok || ours.ok) assert.deepEqual(ours, theirs);
      else assert.equal(ours.error.code, theirs.error.code);
    }),
    {numRuns: 600},
  );
});

test("errors, addresses and eras have the shape that the runtime's own codecs give them", () => {
  const who = new Uint8Array(32).fill(7);
  const same = <T>(codec: Codec<T>, value: T) => {
    const encoded = encode(codec, value);
    assert.deepEqual(readValue(codec.info, encoded), {ok: true, value});
    assert.deepEqual(unwrap(writeValue(codec.info, value)), encoded);
  };
  same(dispatchError, {type: "Token", value: "Frozen"});
  same(dispatchError, {type: "Module", value: {index: 3, error: Uint8Array.of(1, 0, 0, 0)}});
  same(dispatchError, {type: "BadOrigin", value: undefined} as never);
  same(multiAddress, {type: "Id", value: who});
  same(multiAddress, {type: "Index", value: undefined});
  same(era, {type: "Immortal"});
  same(era, {type: "Mortal", period: 64, phase: 27});
  same(era, {type: "Mortal", period: 65_536, phase: 65_520});
});

test("integers of all widths, characters, and options that hold options", () => {
  const both = (type: TypeInfo, value: unknown, encoded: string) => {
    assert.equal(bytesToHex(unwrap(writeValue(type, value))), encoded);
    assert.deepEqual(readValue(type, hex(encoded)), {ok: true, value});
  };
  both(primitive("i8"), -2, "0xfe");
  both(primitive("i64"), -2n, "0xfeffffffffffffff");
  both(primitive("i256"), -1n, `0x${"ff".repeat(32)}`);
  both(primitive("u256"), 1n << 248n, `0x${"00".repeat(31)}01`);
  both(primitive("char"), "😀", "0x00f60100");
  const nested = option(option(u8)).info;
  both(nested, undefined, "0x00");
  both(nested, {type: "Some", value: undefined}, "0x0100");
  both(nested, {type: "Some", value: 5}, "0x010105");
  const nothing = option(unit).info;
  both(nothing, {type: "Some", value: undefined}, "0x01");
  assert.equal(readValue(primitive("char"), hex("0x00d80000")).ok, false, "half of a character");
});

test("a misfit names its place and what belongs there", () => {
  const type = struct({
    calls: vec(variant({Send: [0, struct({howMuch: u8, to: multiAddress})], Stop: [1, unit]})),
  }).info;
  const misfit = (value: unknown) => {
    const written = writeValue(type, value);
    return written.ok ? "fits" : `${written.error.at}: ${written.error.expected}`;
  };
  const to = new Uint8Array(32);
  assert.equal(misfit({calls: [{type: "Send", value: {howMuch: 255, to}}]}), "fits");
  assert.equal(misfit({calls: [{type: "send", value: {how_much: 5n, to}}, "Stop"]}), "fits");
  const wholeNumber = "a whole number from 0 to 255, a bigint where it is beyond 2^53 - 1";
  for (const howMuch of [256, -1, 1.5, 1n << 64n, "5", undefined, Number.NaN]) {
    const at = "calls[1].Send.howMuch";
    const calls = ["Stop", {type: "Send", value: {howMuch, to}}];
    assert.equal(misfit({calls}), `${at}: ${wholeNumber}`);
  }
  assert.equal(misfit({calls: 5}), "calls: a list");
  assert.equal(misfit({cals: []}), "cals: no such field, but calls");
  assert.equal(misfit(5), ": an object with calls");
  assert.match(misfit({calls: ["Go"]}), /^calls\[0\]: .* one of Send, Stop$/);
  assert.match(misfit({calls: ["Send"]}), /^calls\[0\]\.Send: an object/);
  assert.match(misfit({calls: [{type: "Send", value: {howMuch: 1, to: "5Grw"}}]}), /Send\.to: /);
  assert.match(
    misfit({calls: [{type: "Send", value: {howMuch: 1, to: new Uint8Array(31)}}]}),
    /Send\.to\.Id: 32 bytes/,
  );
});

test("an account is taken as its bytes, in hex or by its address, alone and as a MultiAddress", () => {
  const who = new Uint8Array(32).fill(9);
  for (const form of [who, bytesToHex(who), encodeSs58(who, 30), {type: "Id", value: who}]) {
    if (!("type" in Object(form))) assert.deepEqual(unwrap(writeValue(accountId.info, form)), who);
    assert.deepEqual(
      unwrap(writeValue(multiAddress.info, form)),
      encode(multiAddress, {type: "Id", value: who}),
    );
  }
});

test("a type of which nothing is known is a failure with its name, and no harm where there is none of it", () => {
  const type = struct({many: vec(u8)}).info;
  const list = typeInfo({kind: "sequence", element: unknownType("T::ProxyType")});
  assert.deepEqual(readValue(list, hex("0x00")), {ok: true, value: []});
  const read = readValue(list, hex("0x0400"));
  assert.ok(!read.ok && read.error.code === "type-unknown");
  assert.match(read.error.message, /T::ProxyType/);
  const written = writeValue(list, [1]);
  assert.ok(!written.ok && written.error.code === "type-unknown");
  assert.equal(written.error.at, "[0]");
  assert.equal(codecOf(type), codecOf(type), "a codec is made once");
});

/** Types as nobody in good faith writes them: each holds itself, or says that much is in nothing. */
function hostileTypes(): Readonly<Record<string, TypeInfo>> {
  const self = (make: (type: TypeInfo) => TypeInfo["def"]): TypeInfo => {
    const type = {path: ["Self"], params: [], docs: [], def: undefined as never};
    return Object.assign(type, {def: make(type)}) as TypeInfo;
  };
  const field = (type: TypeInfo, name?: string) => ({name, type, typeName: "", docs: []});
  let doubled: TypeInfo = unit.info;
  for (let i = 0; i < 40; i++) {
    doubled = typeInfo({kind: "composite", fields: [field(doubled, "a"), field(doubled, "b")]});
  }
  let deep: TypeInfo = u8.info;
  for (let i = 0; i < 200_000; i++)
    deep = typeInfo({kind: "composite", fields: [field(deep, "in")]});
  const empty = typeInfo({kind: "array", length: 0xffff_ffff, element: unit.info});
  return {
    newtype: self(type => ({kind: "composite", fields: [field(type)]})),
    struct: self(type => ({kind: "composite", fields: [field(type, "a"), field(type, "b")]})),
    tuple: self(type => ({kind: "tuple", elements: [type]})),
    array: self(type => ({kind: "array", length: 2, element: type})),
    "an option of a compact": option({
      ...u8,
      info: self(type => ({kind: "compact", inner: type})),
    } as Codec<number>).info,
    compact: self(type => ({kind: "compact", inner: type})),
    list: self(type => ({kind: "sequence", element: type})),
    variant: self(type => ({
      kind: "variant",
      variants: [{name: "In", index: 0, fields: [field(type)], docs: []}],
    })),
    bits: typeInfo({kind: "bitSequence", store: unit.info, order: unit.info}),
    nothings: empty,
    "nothings of nothings": typeInfo({kind: "array", length: 0xffff_ffff, element: empty}),
    "a list of nothings": typeInfo({kind: "sequence", element: unit.info}),
    bytes: typeInfo({kind: "array", length: 0xffff_ffff, element: u8.info}),
    doubled,
    deep,
  };
}

for (const [name, type] of Object.entries(hostileTypes())) {
  test(`hostile types end: ${name}`, () => {
    for (const given of [
      "0x",
      `0x${"00".repeat(5_000)}`,
      `0x${"04".repeat(5_000)}`,
      "0x03ffffffff",
    ]) {
      const read = readValue(type, hex(given));
      assert.equal(read.ok, false, given.slice(0, 20));
    }
    const endless: unknown[] = [];
    endless.push(endless, endless);
    const named: Record<string, unknown> = {};
    Object.assign(named, {a: named, b: named, in: named, type: "In", value: named});
    for (const value of [undefined, endless, named, 5]) {
      const written = writeValue(type, value);
      assert.equal(written.ok && written.value.length > 1, false);
    }
  });
}

test("a call within calls is read as deep as Substrate reads it, and no deeper than is safe", () => {
  const call: Codec<unknown> = lazy("Call", () =>
    variant({Batch: [0, struct({calls: vec(call)})], Stop: [1, unit]}, {path: "toy::Call"}),
  ) as Codec<unknown>;
  const nested = (depth: number) => hex(`0x${"0004".repeat(depth)}01`);
  assert.equal(readValue(call.info, nested(250)).ok, true);
  assert.equal(readValue(call.info, nested(20_000)).ok, false);
});
