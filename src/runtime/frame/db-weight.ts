import {type Weight, weightOf} from "#primitives";

/** What one database access costs a block, in picoseconds: upstream's RocksDB figures (spec/pallets, notation). */
export const ROCKS_DB_WEIGHT = {read: 25_000_000n, write: 100_000_000n};

export function reads(count: bigint): Weight {
  return weightOf(ROCKS_DB_WEIGHT.read * count);
}

export function writes(count: bigint): Weight {
  return weightOf(ROCKS_DB_WEIGHT.write * count);
}
