import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, hex, unwrap} from "#base";
import {encode} from "#codec";
import {type DispatchError, dispatchError} from "#primitives";
import {errorName} from "#runtime";
import {
  type ChainDescription,
  describe,
  nameDispatchError,
  readEvents,
  readValue,
} from "../index.ts";
import {GENUINE, genuineMetadata} from "../test-kit/genuine-metadata.ts";
import {descriptionOf, khala} from "../test-kit/our-metadata.ts";

const description = descriptionOf(khala);
const WHO = new Uint8Array(32).fill(7);
const {events} = khala.system.storage;

type EventRecord = ReturnType<typeof events.get>[number];

const record = (pallet: string, name: string, value: unknown, extrinsic?: number): EventRecord =>
  ({
    phase:
      extrinsic === undefined ? {type: "Finalization"} : {type: "ApplyExtrinsic", value: extrinsic},
    event: {type: pallet, value: {type: name, value}},
    topics: [],
  }) as EventRecord;

const encoded = (...records: EventRecord[]) => encode(events.entry.value, records);

test("events have names, fields as the runtime has them, and the extrinsic they belong to", () => {
  const transfer = {from: WHO, to: WHO, amount: 5n};
  const failed = {
    dispatchError: {type: "Module", value: {index: 10, error: Uint8Array.of(2, 0, 0, 0)}},
    dispatchInfo: {weight: {refTime: 1n, proofSize: 2n}, class: "Normal", paysFee: "Yes"},
  };
  const list = encoded(
    record("Balances", "Transfer", transfer, 2),
    record("System", "ExtrinsicFailed", failed, 3),
    record("Utility", "BatchCompleted", {}, 3),
    record("Session", "NewSession", {sessionIndex: 9}),
  );
  for (const version of [14, 15, 16]) {
    const read = unwrap(readEvents(descriptionOf(khala, version), list));
    assert.equal(read.rest, undefined);
    assert.deepEqual(
      read.events.map(({name, fields, phase, extrinsic}) => [name, fields, phase, extrinsic]),
      [
        ["Balances.Transfer", transfer, "ApplyExtrinsic", 2],
        ["System.ExtrinsicFailed", failed, "ApplyExtrinsic", 3],
        ["Utility.BatchCompleted", {}, "ApplyExtrinsic", 3],
        ["Session.NewSession", {sessionIndex: 9}, "Finalization", undefined],
      ],
    );
  }
});

test("an event that nobody describes ends the reading, and what was read before it stays", () => {
  const first = encoded(record("Session", "NewSession", {sessionIndex: 9}));
  const strange = hex("0x00010000009900112200");
  const list = concatBytes(Uint8Array.of(8), first.subarray(1), strange);
  const read = unwrap(readEvents(description, list));
  assert.deepEqual(
    read.events.map(({name}) => name),
    ["Session.NewSession"],
  );
  assert.equal(bytesToHex(read.rest!.bytes), bytesToHex(strange));
  assert.equal(read.rest!.failure.code, "invalid-value");
  assert.equal(readEvents(description, concatBytes(first, WHO)).ok, false, "bytes behind the last");
  assert.equal(readEvents(description, new Uint8Array(0)).ok, false);
});

test("every error of every pallet has the name that the runtime built in here gives it", () => {
  let count = 0;
  for (const {index, errors} of khala.composition.pallets) {
    const variants = errors?.def.kind === "variant" ? errors.def.variants : [];
    for (const variant of variants) {
      const error: DispatchError = {
        type: "Module",
        value: {index, error: Uint8Array.of(variant.index, 0, 0, 0)},
      };
      const named = nameDispatchError(description, error);
      assert.equal(named.name, errorName(khala.composition.pallets, error));
      assert.deepEqual(named.docs, variant.docs);
      count++;
    }
  }
  assert.ok(count > 30, `${count} errors`);
});

test("errors that are no pallet's have the names of their cases", () => {
  for (const [error, name] of [
    [{type: "BadOrigin"}, "BadOrigin"],
    [{type: "Token", value: "Frozen"}, "Token.Frozen"],
    [{type: "Arithmetic", value: "Overflow"}, "Arithmetic.Overflow"],
    [{type: "Module", value: {index: 98, error: Uint8Array.of(3, 0, 0, 0)}}, "Pallet 98.error 3"],
    [{type: "Module", value: {index: 0, error: Uint8Array.of(200, 0, 0, 0)}}, "System.error 200"],
  ] as [DispatchError, string][]) {
    const bytes = encode(dispatchError, error);
    const type = dispatchError.info;
    assert.equal(nameDispatchError(description, unwrap(readValue(type, bytes))).name, name);
  }
});

/** `ExtrinsicFailed` and `Transfer` as a runtime of 2021 has them: fields without names, errors of one byte. */
test("events of metadata 13 are read by their places", async () => {
  const kusama: ChainDescription = unwrap(describe(await genuineMetadata(GENUINE[2])));
  const pallet = kusama.pallets.find(({name}) => name === "Balances")!;
  const ofExtrinsic = hex("0x0001000000");
  const transfer = concatBytes(
    ofExtrinsic,
    Uint8Array.of(pallet.index, 2),
    WHO,
    WHO,
    hex(`0x05${"00".repeat(15)}`),
    Uint8Array.of(0),
  );
  const moduleError = Uint8Array.of(3, pallet.index, 1);
  const dispatchInfo = hex("0x05000000000000000000");
  const failed = concatBytes(
    ofExtrinsic,
    Uint8Array.of(0, 1),
    moduleError,
    dispatchInfo,
    Uint8Array.of(0),
  );
  const list = concatBytes(Uint8Array.of(8), transfer, failed);
  const read = unwrap(readEvents(kusama, list));
  assert.deepEqual(read.rest, undefined);
  assert.deepEqual(read.events[0]?.fields, [WHO, WHO, 5n]);
  const [error, info] = read.events[1]!.fields as [DispatchError, unknown];
  assert.deepEqual(info, {weight: 5n, class: "Normal", paysFee: "Yes"});
  assert.match(nameDispatchError(kusama, error).name, /^Balances\.[A-Z]\w+$/);
});
