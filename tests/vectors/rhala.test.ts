import {test} from "node:test";
import type {Hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {weightOf} from "#primitives";
import {type Differences, Replay} from "./replay.ts";
import {composeRhala} from "./rhala.ts";
import {expectedOfSystem, type ForeignWeight, hexOfKey} from "./system-items.ts";
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

/** Blocks in which Treasury pays out and elections are held. */
const SPEND_PERIOD = 7_200;

/** All other hooks and the parachain's inherent, less what ours weigh differently; see DIFFERENCES.md. */
const foreignWeight: ForeignWeight = block => {
  if (block === 1) return weightOf(2_244_302_602n, 110_994n);
  if (block % SPEND_PERIOD === 0) return weightOf(3_578_900_569n, 132_516n);
  return weightOf(2_869_302_602n, 110_994n);
};

const differences: Differences = {
  // Index 1 is the parachain's inherent.
  phaseOf: recorded => (recorded === 0 ? 0 : recorded === 1 ? undefined : recorded - 1),
  isCompared: key => !NOT_COMPARED.includes(key),
  expected: expectedOfSystem(chain, foreignWeight),
};

for (const name of vectorNames("rhala-1241")) {
  const vector = readVector("rhala-1241", name);
  if (vector === undefined) continue;
  test(`rhala-1241 ${name}: ${vector.title}`, () => {
    new Replay(vector, {chain, crypto, differences}).run();
  });
}
