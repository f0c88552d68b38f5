import {test} from "node:test";
import type {Hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {type Differences, Replay} from "./replay.ts";
import {composeRhala} from "./rhala.ts";
import {expectedOfSystem, hexOfKey} from "./system-items.ts";
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

const differences: Differences = {
  // Index 1 is the parachain's inherent.
  phaseOf: recorded => (recorded === 0 ? 0 : recorded === 1 ? undefined : recorded - 1),
  isCompared: (_, key) => !NOT_COMPARED.includes(key),
  expected: expectedOfSystem(chain),
};

for (const name of vectorNames("rhala-1241")) {
  const vector = readVector("rhala-1241", name);
  if (vector === undefined) continue;
  test(`rhala-1241 ${name}: ${vector.title}`, () => {
    new Replay(vector, {chain, crypto, differences}).run();
  });
}
