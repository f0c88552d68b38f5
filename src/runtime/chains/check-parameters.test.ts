import assert from "node:assert/strict";
import {test} from "node:test";
import {checkParameters, type Parameters, PRESET_PARAMETERS} from "./index.ts";

const found = (overrides: Partial<Parameters>, invulnerables = 1) =>
  checkParameters({...PRESET_PARAMETERS.dev, ...overrides}, invulnerables).map(
    ({severity, parameter}) => `${severity} ${parameter}`,
  );

test("every preset is without fault", () => {
  for (const [name, preset] of Object.entries(PRESET_PARAMETERS)) {
    assert.deepEqual(checkParameters(preset, 1), [], name);
  }
});

const REFUSED: readonly [why: string, overrides: Partial<Parameters>, parameter: string][] = [
  ["an odd slot", {slotDuration: 501n}, "slotDuration"],
  ["no slot", {slotDuration: 0n}, "slotDuration"],
  ["a kick threshold that is no multiple of the session", {kickThreshold: 50}, "kickThreshold"],
  ["no minimum of collators", {minEligibleCollators: 0}, "minEligibleCollators"],
  ["more candidates wanted than allowed", {maxCandidates: 11}, "desiredCandidates"],
  ["no existential deposit", {existentialDeposit: 0n}, "existentialDeposit"],
  ["a block into which no transfer fits", {maxBlockRefTime: 9_999_999_999n}, "maxBlockRefTime"],
  ["a block without room for a proof", {maxBlockProofSize: 99_999n}, "maxBlockProofSize"],
  ["a block without bytes", {maxBlockLength: 4_095}, "maxBlockLength"],
  ["a block that no peer could fetch", {maxBlockLength: 15_728_641}, "maxBlockLength"],
  ["too few block hashes", {blockHashCount: 7}, "blockHashCount"],
  ["too many block hashes", {blockHashCount: 65_537}, "blockHashCount"],
  ["a number beyond 32 bits", {maxAuthorities: 2 ** 32}, "maxAuthorities"],
];

for (const [why, overrides, parameter] of REFUSED) {
  test(`${why} is refused by the name of the parameter`, () => {
    assert.deepEqual(found(overrides), [`error ${parameter}`]);
  });
}

test("more invulnerables than bounds allow are refused", () => {
  const errors = found({maxInvulnerables: 2, maxAuthorities: 2, desiredCandidates: 0}, 3);
  assert.deepEqual(errors, ["error maxInvulnerables", "error maxAuthorities"]);
});

test("a session of no blocks is refused", () => {
  assert.ok(found({sessionPeriod: 0}).includes("error sessionPeriod"));
});

test("a threshold in which a live candidate can miss its turn by chance is warned of", () => {
  assert.deepEqual(found({sessionPeriod: 20, kickThreshold: 20}), ["warning kickThreshold"]);
});
