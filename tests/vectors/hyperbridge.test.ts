import {test} from "node:test";
import {bytesToHex, type Hex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {weightOf} from "#primitives";
import {composeGargantuan} from "./gargantuan.ts";
import {hyperbridgeOverrides} from "./hyperbridge-overrides.ts";
import {type Differences, Replay} from "./replay.ts";
import {expectedOfSystem, type ForeignWeight, hexOfKey} from "./system-items.ts";
import {readVector, vectorNames} from "./vector.ts";

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

/** In the middle of a block the recordings hold of System the accounts only, and nothing of Timestamp. */
const ACCOUNTS = hexOfKey(storage.account.prefix);
const NOT_RECORDED_BETWEEN = ["System", "Timestamp"].map(pallet =>
  bytesToHex(crypto.hashing.twox128(Uint8Array.from(pallet, c => c.charCodeAt(0)))),
);

const isIn = (prefixes: readonly Hex[]) => (key: Hex) =>
  prefixes.some(prefix => key.startsWith(prefix));

const differences: Differences = {
  // Index 1 is the parachain's inherent.
  phaseOf: recorded => (recorded === 0 ? 0 : recorded === 1 ? undefined : recorded - 1),
  isCompared: key => !isIn(NOT_RECORDED)(key),
  expected: expectedOfSystem(chain, foreignWeight),
  between: {
    isCompared: key => key.startsWith(ACCOUNTS) || !isIn(NOT_RECORDED_BETWEEN)(key),
    expected: (_key, recorded) => recorded,
  },
};

const overridesBefore = hyperbridgeOverrides(chain);

for (const name of vectorNames("hyperbridge-100")) {
  const vector = readVector("hyperbridge-100", name);
  if (vector === undefined) continue;
  test(`hyperbridge-100 ${name}: ${vector.title}`, () => {
    new Replay(vector, {
      chain,
      crypto,
      differences,
      overridesBefore: (_id, block) => overridesBefore(vector, block),
    }).run();
  });
}
