import type {Hashing} from "./hashing.ts";

/** What a chain may hash by. A node cannot read it off the chain's code. */
export const BLOCK_HASHINGS = ["blake2-256", "keccak-256"] as const;
export type BlockHashing = (typeof BLOCK_HASHINGS)[number];

/** Undefined for what is none of them. */
export const parseBlockHashing = (text: string): BlockHashing | undefined =>
  BLOCK_HASHINGS.find(one => one === text);

/** Whatever carries hash functions, with these for a chain that hashes so. */
export function withBlockHashing<T extends {readonly hashing: Hashing}>(
  suite: T,
  by: BlockHashing | undefined,
): T {
  const {blake2b256, keccak256} = suite.hashing;
  const blockHash = by === "keccak-256" ? keccak256 : blake2b256;
  return {...suite, hashing: {...suite.hashing, blockHash}};
}
