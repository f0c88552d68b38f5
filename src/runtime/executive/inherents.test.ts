import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {encode, u64} from "#codec";
import {TIMESTAMP_INHERENT} from "#primitives";
import {KhalaTestChain} from "../test-kit/khala-test-chain.ts";
import {checkInherents, createInherents, decodeExtrinsic} from "./index.ts";

const invalid = (type: string) => ({
  ok: false,
  error: {type: "Invalid", value: {type}},
});

test("a block whose inherents stand first is imported", () => {
  const khala = new KhalaTestChain();
  const transfers = [2, 3].map(from => khala.signed(from, khala.transfer(4, 1n)));
  const {header, body} = khala.make(transfers);
  khala.import(header, body);
  assert.equal(khala.head.number, 1);
});

test("a block with an inherent after a transaction is refused", () => {
  const khala = new KhalaTestChain();
  const {header, body} = khala.make([khala.signed(2, khala.transfer(3, 1n))]);
  assert.throws(() => khala.import(header, [...body].reverse()), /Invalid inherent position.* 1/);
});

test("a block with an inherent that fails is refused", () => {
  const khala = new KhalaTestChain();
  const {header, body} = khala.make();
  const now = khala.parameters.slotDuration;
  const signed = khala.signed(2, khala.call("Timestamp", "set", {now}));
  assert.throws(
    () => khala.import(header, [...body, signed]),
    /Extrinsic is not valid: Invalid BadMandatory/,
  );
});

test("an inherent does not wait in the pool", () => {
  const khala = new KhalaTestChain();
  assert.deepEqual(khala.validate(khala.timestamp()), invalid("MandatoryValidation"));
});

test("a block without its inherent cannot end", () => {
  const khala = new KhalaTestChain();
  khala.begin();
  assert.throws(() => khala.finish(), /Timestamp must be updated once/);
});

test("a time outside the block's slot ends the block", () => {
  const khala = new KhalaTestChain();
  khala.begin();
  assert.throws(() => khala.apply(khala.timestamp(2)), /Timestamp slot must match/);
});

test("the inherents made of what the author knows pass the check of who knows the same", () => {
  const khala = new KhalaTestChain();
  khala.begin();
  const data = new Map([[TIMESTAMP_INHERENT, encode(u64, 500n)]]);
  const made = createInherents(khala.state, khala.composition, data);
  assert.deepEqual(made, [khala.timestamp()]);
  const {extensions, runtimeCall} = khala.composition;
  const decoded = made.map(bytes => unwrap(decodeExtrinsic(bytes, extensions, runtimeCall)));
  const fine = checkInherents(khala.state, decoded, data);
  assert.deepEqual([fine.okay, fine.fatalError, fine.errors.size], [true, false, 0]);
});

test("a time too far ahead of ours is a fatal error of the inherent's", () => {
  const khala = new KhalaTestChain();
  const {extensions, runtimeCall} = khala.composition;
  const late = khala.bare(khala.call("Timestamp", "set", {now: 30_501n}));
  const data = new Map([[TIMESTAMP_INHERENT, encode(u64, 500n)]]);
  const result = checkInherents(
    khala.state,
    [unwrap(decodeExtrinsic(late, extensions, runtimeCall))],
    data,
  );
  assert.deepEqual([result.okay, result.fatalError], [false, true]);
  assert.deepEqual(result.errors.get(TIMESTAMP_INHERENT), Uint8Array.of(1));
});

test("a known extrinsic has its known bytes", () => {
  const khala = new KhalaTestChain();
  const set = khala.bare(khala.call("Timestamp", "set", {now: 1_700_000_000_000n}));
  assert.equal(Buffer.from(set).toString("hex"), "280401000b0068e5cf8b01");
});
