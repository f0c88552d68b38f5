import {bytesToBinary, bytesToHex, type Hex, hex} from "#base";
import {decode, encode, struct, u32} from "#codec";
import {digest, subtractWeight, type Weight, weight} from "#primitives";
import type {CollatorChain} from "#runtime";
import type {DifferencesBetween, Moment} from "./between-phases.ts";
import type {Differences} from "./replay.ts";

export function hexOfKey(binary: string): Hex {
  return `0x${Buffer.from(binary, "latin1").toString("hex")}`;
}

const blockWeight = struct({normal: weight, operational: weight, mandatory: weight});

function readBlockWeight(value: Hex) {
  const decoded = decode(blockWeight, hex(value));
  if (!decoded.ok) throw new Error(`recorded BlockWeight ${value} does not decode`);
  return decoded.value;
}

/** The recorded digest as it is without the items of pallets that we do not have. */
function auraItemsOf(recorded: Hex): Hex {
  const decoded = decode(digest, hex(recorded));
  if (!decoded.ok) throw new Error(`recorded Digest ${recorded} does not decode`);
  const logs = decoded.value.logs.filter(
    ({type, value}) =>
      (type !== "Consensus" && type !== "PreRuntime") || bytesToBinary(value[0]) === "aura",
  );
  return bytesToHex(encode(digest, {logs}));
}

/** What other pallets' hooks and inherents weigh together in a block: the same in every block of a kind. */
export type ForeignWeight = (block: number) => Weight;

/**
 * System's items as they would be without the pallets that we do not have: the mandatory weight less theirs, the
 * digest less their items. All else must be the same.
 */
export function expectedOfSystem(
  chain: CollatorChain,
  foreign: ForeignWeight,
): NonNullable<Differences["expected"]> {
  const {storage} = chain.system;
  const BLOCK_WEIGHT = hexOfKey(storage.blockWeight.key);
  const DIGEST = hexOfKey(storage.digest.key);
  return (key, recorded, block) => {
    if (key === DIGEST) return auraItemsOf(recorded);
    if (key !== BLOCK_WEIGHT) return recorded;
    const weights = readBlockWeight(recorded);
    const mandatory = subtractWeight(weights.mandatory, foreign(block));
    return bytesToHex(encode(blockWeight, {...weights, mandatory}));
  };
}

/** `Phase::ApplyExtrinsic`, before the number. */
const APPLY_EXTRINSIC = "0x00";

/**
 * The same in the middle of a block, where System also holds how much the block's extrinsics weigh and measure so far:
 * less the parachain's inherent once it was applied. `inherent` is what that one weighs.
 */
export function expectedBetween(
  chain: CollatorChain,
  foreign: ForeignWeight,
  inherent: Weight,
): DifferencesBetween["expected"] {
  const {storage} = chain.system;
  const ALL_LENGTHS = hexOfKey(storage.allExtrinsicsLen.key);
  const PHASE = hexOfKey(storage.executionPhase.key);
  const hooks: ForeignWeight = block => subtractWeight(foreign(block), inherent);
  const before = expectedOfSystem(chain, hooks);
  const after = expectedOfSystem(chain, foreign);
  return (key, recorded, moment: Moment) => {
    const {block, foreignBytes, foreignExtrinsics} = moment;
    if (key === ALL_LENGTHS) return u32Less(recorded, foreignBytes);
    if (key === PHASE && recorded.startsWith(APPLY_EXTRINSIC)) {
      return `${APPLY_EXTRINSIC}${u32Less(`0x${recorded.slice(4)}`, foreignExtrinsics).slice(2)}`;
    }
    return (foreignExtrinsics === 0 ? before : after)(key, recorded, block);
  };
}

function u32Less(recorded: Hex, less: number): Hex {
  const decoded = decode(u32, hex(recorded));
  if (!decoded.ok) throw new Error(`recorded ${recorded} is no u32`);
  return bytesToHex(encode(u32, decoded.value - less));
}
