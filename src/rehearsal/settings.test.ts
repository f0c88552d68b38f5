import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {millis, unwrap} from "#base";
import {decodeSettings, encodeSettings, type RehearsalSettings} from "./settings.ts";

const settings: RehearsalSettings = {
  realStart: millis(1_700_000_000_000),
  chainStart: millis(1_700_000_100_000),
  rate: 120,
  relayOffset: 283_000_000,
  hashing: "blake2-256",
  proofSize: "unrecorded",
  voters: [{account: new Uint8Array(32).fill(1), key: new Uint8Array(32).fill(2)}],
};

test("settings are read back as they were written", () => {
  assert.deepEqual(unwrap(decodeSettings(encodeSettings(settings))), settings);
  const others = {...settings, hashing: "keccak-256", proofSize: "recorded"} as const;
  assert.deepEqual(unwrap(decodeSettings(encodeSettings(others))), others);
});

test("settings that no chain could go by are refused, each with its reason", () => {
  const given = encodeSettings(settings);
  const changed = (at: number, byte: number) => given.map((old, i) => (i === at ? byte : old));
  const reasonOf = (bytes: Uint8Array) => {
    const read = decodeSettings(bytes);
    return read.ok ? "none" : read.error.what.replace(/^.*: /, "");
  };
  assert.match(reasonOf(changed(0, 2)), /format 2/);
  assert.match(reasonOf(new Uint8Array(0)), /format undefined/);
  assert.match(reasonOf(given.subarray(0, 40)), /cannot be read/);
  assert.match(reasonOf(Uint8Array.of(...given, 0)), /cannot be read/);
  assert.match(reasonOf(changed(25, 9)), /headers has number 9/);
  assert.match(reasonOf(changed(26, 1)), /hashed differently/);
  assert.match(reasonOf(changed(27, 9)), /mode has number 9/);
  assert.match(reasonOf(changed(17, 0)), /0 times as fast/);
  assert.match(reasonOf(changed(18, 0xff)), /times as fast/);
  assert.match(reasonOf(changed(8, 0xff)), /beyond all/);
  const reasonWith = (other: Partial<RehearsalSettings>) =>
    reasonOf(encodeSettings({...settings, ...other}));
  assert.match(reasonWith({voters: []}), /nobody votes/);
  assert.match(reasonWith({realStart: millis(253_402_300_800_000)}), /beyond all/);
  assert.match(reasonWith({relayOffset: 283_333_351}), /number -1$/);
  assert.match(reasonWith({chainStart: millis(2 ** 45)}), /first block would have number 558/);
});

test("no bytes make it throw", () => {
  fc.assert(fc.property(fc.uint8Array({maxLength: 80}), bytes => void decodeSettings(bytes)));
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 80}), bytes => {
      decodeSettings(Uint8Array.of(1, ...bytes));
    }),
  );
});
