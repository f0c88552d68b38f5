import {bytesToBinary, bytesToHex, type Hex, hex} from "#base";
import {decode, encode, struct} from "#codec";
import {digest, type Weight, weight} from "#primitives";
import type {CollatorChain} from "#runtime";
import type {Differences} from "./replay.ts";

export function hexOfKey(binary: string): Hex {
  return `0x${Buffer.from(binary, "latin1").toString("hex")}`;
}

const blockWeight = struct({normal: weight, operational: weight, mandatory: weight});
export type BlockWeight = {normal: Weight; operational: Weight; mandatory: Weight};

export function readBlockWeight(value: Hex): BlockWeight {
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

/**
 * What other pallets change in System's items: the mandatory part of the weight (Normal and Operational must be
 * the same) and digest items that are not Aura's.
 */
export function expectedOfSystem(chain: CollatorChain): NonNullable<Differences["expected"]> {
  const {storage} = chain.system;
  const BLOCK_WEIGHT = hexOfKey(storage.blockWeight.key);
  const DIGEST = hexOfKey(storage.digest.key);
  return (_pallet, key, recorded, ours) => {
    if (key === DIGEST) return auraItemsOf(recorded);
    if (key !== BLOCK_WEIGHT || ours === undefined) return recorded;
    const {mandatory} = readBlockWeight(ours);
    return bytesToHex(encode(blockWeight, {...readBlockWeight(recorded), mandatory}));
  };
}
