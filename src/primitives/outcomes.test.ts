import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, err, hex, ok, unwrap} from "#base";
import {type Codec, decode, encode, MAX_U64} from "#codec";
import {
  ARITHMETIC_ERRORS,
  addWeight,
  applyExtrinsicResult,
  combineValidity,
  DEFAULT_VALIDITY,
  type DispatchError,
  dispatchError,
  dispatchInfo,
  exceedsAny,
  type InvalidTransaction,
  inherentData,
  invalid,
  multiAddress,
  scaleWeight,
  subtractWeight,
  TOKEN_ERRORS,
  transactionSource,
  transactionValidity,
  type UnknownTransaction,
  weightOf,
} from "./index.ts";

const hexOf = <T>(codec: Codec<T>, value: T) => bytesToHex(encode(codec, value));

test("every dispatch error has its known bytes", () => {
  const plain = [
    ["Other", 0],
    ["CannotLookup", 1],
    ["BadOrigin", 2],
    ["ConsumerRemaining", 4],
    ["NoProviders", 5],
    ["TooManyConsumers", 6],
    ["Exhausted", 10],
    ["Corruption", 11],
    ["Unavailable", 12],
    ["RootNotAllowed", 13],
  ] as const;
  for (const [type, index] of plain) {
    assert.deepEqual(encode(dispatchError, {type} as DispatchError), Uint8Array.of(index));
  }
  const module = {type: "Module", value: {index: 51, error: Uint8Array.of(3, 0, 0, 0)}} as const;
  assert.equal(hexOf(dispatchError, module), "0x033303000000");
  TOKEN_ERRORS.forEach((value, i) => {
    assert.deepEqual(encode(dispatchError, {type: "Token", value}), Uint8Array.of(7, i));
  });
  ARITHMETIC_ERRORS.forEach((value, i) => {
    assert.deepEqual(encode(dispatchError, {type: "Arithmetic", value}), Uint8Array.of(8, i));
  });
  assert.equal(hexOf(dispatchError, {type: "Transactional", value: "LimitReached"}), "0x0900");
  assert.deepEqual([TOKEN_ERRORS[5], TOKEN_ERRORS[8]], ["Frozen", "NotExpendable"]);
});

test("what applying an extrinsic came to tells the block's verdict from the call's", () => {
  assert.equal(hexOf(applyExtrinsicResult, ok(ok(undefined))), "0x0000");
  assert.equal(hexOf(applyExtrinsicResult, ok(err({type: "BadOrigin"}))), "0x000102");
  assert.equal(hexOf(applyExtrinsicResult, err(invalid("Stale"))), "0x010003");
});

test("every reason for a transaction not to be valid has its known bytes", () => {
  const names: InvalidTransaction["type"][] = [
    "Call",
    "Payment",
    "Future",
    "Stale",
    "BadProof",
    "AncientBirthBlock",
    "ExhaustsResources",
    "Custom",
    "BadMandatory",
    "MandatoryValidation",
    "BadSigner",
  ];
  names.forEach((type, index) => {
    const value = (type === "Custom" ? {type, value: 9} : {type}) as InvalidTransaction;
    const custom = type === "Custom" ? [9] : [];
    assert.deepEqual(
      encode(transactionValidity, err({type: "Invalid", value})),
      Uint8Array.from([1, 0, index, ...custom]),
    );
  });
  const unknown: UnknownTransaction["type"][] = ["CannotLookup", "NoUnsignedValidator"];
  unknown.forEach((type, index) => {
    const value = {type} as UnknownTransaction;
    assert.deepEqual(
      encode(transactionValidity, err({type: "Unknown", value})),
      Uint8Array.of(1, 1, index),
    );
  });
});

test("a valid transaction is written field by field", () => {
  const valid = {
    ...DEFAULT_VALIDITY,
    priority: 2n,
    requires: [hex("0x01")],
    provides: [hex("0x0203")],
  };
  assert.equal(
    hexOf(transactionValidity, ok(valid)),
    `0x00${"0200000000000000"}${"040401"}${"04080203"}${"ff".repeat(8)}01`,
  );
});

test("two opinions add their priorities and tags, and take the shorter life", () => {
  const a = {...DEFAULT_VALIDITY, priority: MAX_U64, provides: [hex("0x01")], longevity: 5n};
  const b = {...DEFAULT_VALIDITY, priority: 1n, provides: [hex("0x02")], propagate: false};
  assert.deepEqual(combineValidity(a, b), {
    priority: MAX_U64,
    requires: [],
    provides: [hex("0x01"), hex("0x02")],
    longevity: 5n,
    propagate: false,
  });
});

test("addresses of all kinds have their known bytes", () => {
  const id = new Uint8Array(32).fill(7);
  assert.equal(hexOf(multiAddress, {type: "Id", value: id}), `0x00${"07".repeat(32)}`);
  assert.equal(hexOf(multiAddress, {type: "Index"}), "0x01");
  assert.equal(hexOf(multiAddress, {type: "Raw", value: hex("0x0102")}), "0x02080102");
  assert.equal(hexOf(multiAddress, {type: "Address32", value: id}), `0x03${"07".repeat(32)}`);
  const short = new Uint8Array(20).fill(7);
  assert.equal(hexOf(multiAddress, {type: "Address20", value: short}), `0x04${"07".repeat(20)}`);
});

test("the dispatch info of an inherent has its known bytes", () => {
  const value = {
    weight: weightOf(284_906_000n, 1_493n),
    class: "Mandatory",
    paysFee: "Yes",
  } as const;
  assert.equal(hexOf(dispatchInfo, value), "0x4248ed4355170200");
});

test("sources are numbered as upstream numbers them", () => {
  const sources = ["InBlock", "Local", "External"] as const;
  assert.deepEqual(
    sources.map(source => encode(transactionSource, source)[0]),
    [0, 1, 2],
  );
});

test("inherent data is written in the order of its identifiers", () => {
  const data = new Map([
    ["zzzzzzzz", hex("0x02")],
    ["timstap0", hex("0x01")],
  ]);
  const bytes = encode(inherentData, data);
  assert.equal(bytesToHex(bytes), "0x0874696d73746170300401" + "7a7a7a7a7a7a7a7a0402");
  assert.deepEqual(unwrap(decode(inherentData, bytes)), data);
});

test("weights add, subtract and scale within 64 bits", () => {
  const most = weightOf(MAX_U64, 1n);
  assert.deepEqual(addWeight(most, weightOf(1n, 1n)), weightOf(MAX_U64, 2n));
  assert.deepEqual(subtractWeight(weightOf(1n, 5n), weightOf(2n, 3n)), weightOf(0n, 2n));
  assert.deepEqual(scaleWeight(weightOf(MAX_U64, 2n), 3n), weightOf(MAX_U64, 6n));
  assert.equal(exceedsAny(weightOf(1n, 2n), weightOf(5n, 1n)), true);
  assert.equal(exceedsAny(weightOf(5n, 1n), weightOf(5n, 1n)), false);
});
