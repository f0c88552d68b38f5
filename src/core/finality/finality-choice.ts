import type {GenesisVoters} from "./grandpa/restore.ts";

/**
 * What makes blocks of a chain final: GRANDPA with the voters that the runtime names, GRANDPA with a committee that stands
 * outside of it and never changes, or nobody: each block is final at once.
 */
export type FinalityChoice = GenesisVoters | {readonly kind: "at-once"};
