import {test} from "node:test";
import type {Hex} from "#base";
import {encode, u128} from "#codec";
import {createNativeCrypto} from "#crypto-native";
import {weightOf} from "#primitives";
import {type Differences, type Override, Replay} from "./replay.ts";
import {composeRhala} from "./rhala.ts";
import {expectedBetween, expectedOfSystem, type ForeignWeight, hexOfKey} from "./system-items.ts";
import {readVector, vectorNames} from "./vector.ts";

const crypto = await createNativeCrypto();
const chain = composeRhala(crypto.hashing);
const {storage} = chain.system;

/** Compared as events, or written by Treasury. */
const NOT_COMPARED: readonly Hex[] = [
  hexOfKey(storage.events.key),
  hexOfKey(storage.eventCount.key),
  hexOfKey(chain.balances.storage.inactiveIssuance.key),
];

/** The extrinsics' bytes, under their indices. */
const EXTRINSIC_DATA = hexOfKey(storage.extrinsicData.prefix);

/** Blocks in which Treasury pays out and elections are held. */
const SPEND_PERIOD = 7_200;

/** All other hooks and the parachain's inherent, less what ours weigh differently; see DIFFERENCES.md. */
const foreignWeight: ForeignWeight = block => {
  if (block === 1) return weightOf(2_244_302_602n, 110_994n);
  if (block % SPEND_PERIOD === 0) return weightOf(3_578_900_569n, 132_516n);
  return weightOf(2_869_302_602n, 110_994n);
};

/** The parachain's inherent weighs what any extrinsic does and no more. */
const inherentWeight = weightOf(99_840_000n);

const isCompared = (key: Hex) => !NOT_COMPARED.includes(key);

const differences: Differences = {
  // Index 1 is the parachain's inherent.
  phaseOf: recorded => (recorded === 0 ? 0 : recorded === 1 ? undefined : recorded - 1),
  isCompared,
  expected: expectedOfSystem(chain, foreignWeight),
  between: {
    isCompared: key => isCompared(key) && !key.startsWith(EXTRINSIC_DATA),
    expected: expectedBetween(chain, foreignWeight, inherentWeight),
  },
};

/** What the recorder wrote by hand: fee multipliers of `i-fee-multiplier`, in parts of 10^18. */
const MULTIPLIER_BEFORE: Readonly<Record<number, bigint>> = {
  13: 2_500_000_000_000_000_000n,
  14: 333_333_333_333_333_333n,
  15: 1_000_000_000n,
};

function overridesBefore(vector: string, block: number): Override[] {
  const multiplier = vector === "i-fee-multiplier" ? MULTIPLIER_BEFORE[block] : undefined;
  if (multiplier === undefined) return [];
  return [[chain.transactionPayment.storage.nextFeeMultiplier.key, encode(u128, multiplier)]];
}

for (const name of vectorNames("rhala-1241")) {
  const vector = readVector("rhala-1241", name);
  if (vector === undefined) continue;
  test(`rhala-1241 ${name}: ${vector.title}`, () => {
    new Replay(vector, {chain, crypto, differences, overridesBefore}).run();
  });
}
