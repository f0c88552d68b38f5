import {test} from "node:test";
import {hex} from "#base";
import {encode} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {weightOf} from "#primitives";
import {accountData, accountInfo, NEW_LOGIC_FLAG} from "../../src/runtime/testing.ts";
import {composeGargantuan} from "./gargantuan.ts";
import {type Differences, type Override, Replay} from "./replay.ts";
import {expectedOfSystem, type ForeignWeight, hexOfKey} from "./system-items.ts";
import {readVector, type Vector, vectorNames} from "./vector.ts";

const crypto = await createNativeCrypto();
const chain = composeGargantuan(crypto.hashing);
const {storage} = chain.system;

/** `notStored` of the recordings. */
const NOT_RECORDED = [
  storage.events.key,
  storage.eventCount.key,
  storage.eventTopics.prefix,
  storage.blockHash.prefix,
  storage.extrinsicData.prefix,
  storage.allExtrinsicsLen.key,
  storage.executionPhase.key,
].map(hexOfKey);

/** The parachain's hooks and inherent, and Ismp's hook; see DIFFERENCES.md. */
const foreignWeight: ForeignWeight = block =>
  weightOf(block === 1 ? 2_575_000_000n : 3_200_000_000n);

const differences: Differences = {
  // Index 1 is the parachain's inherent.
  phaseOf: recorded => (recorded === 0 ? 0 : recorded === 1 ? undefined : recorded - 1),
  isCompared: key => !NOT_RECORDED.some(prefix => key.startsWith(prefix)),
  expected: expectedOfSystem(chain, foreignWeight),
};

const ED = 1_000_000_000n;

/** What the recorder wrote by hand in `f-author-reward`: the pot's balance, and authors without an account. */
const POT_BEFORE: Readonly<Record<number, {pot: bigint; without?: string}>> = {
  10: {pot: ED + 1n},
  11: {pot: ED + 2n},
  12: {pot: ED - 1n},
  13: {pot: ED + 10n, without: "Alice"},
  14: {pot: 4n * ED, without: "Bob"},
};

function overridesFor(vector: Vector) {
  return (id: string, block: number): Override[] => {
    const override = id === "f-author-reward" ? POT_BEFORE[block] : undefined;
    if (override === undefined) return [];
    const {pot, without} = override;
    const account = accountInfo(accountData);
    const data = {free: pot, reserved: 0n, frozen: 0n, flags: NEW_LOGIC_FLAG};
    const info = {nonce: 0, consumers: 0, providers: 1, sufficients: 0, data};
    const overrides: Override[] = [
      [storage.account.keyOf(chain.collatorSelection.pot), encode(account, info)],
    ];
    if (without !== undefined) {
      overrides.push([storage.account.keyOf(hex(vector.accounts[without]!)), undefined]);
    }
    return overrides;
  };
}

for (const name of vectorNames("hyperbridge-100")) {
  const vector = readVector("hyperbridge-100", name);
  if (vector === undefined) continue;
  test(`hyperbridge-100 ${name}: ${vector.title}`, () => {
    new Replay(vector, {chain, crypto, differences, overridesBefore: overridesFor(vector)}).run();
  });
}
