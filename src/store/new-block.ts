import type {TrieState} from "#state";
import type {BlockRecord} from "./block-record.ts";
import type {BlockRef} from "./block-store.ts";
import type {IndexPace} from "./flat-index/index.ts";
import type {PruningPolicy} from "./pruning-policy.ts";
import type {StandIn} from "./stand-in.ts";
import type {StateRef, StateStoreOptions} from "./state-store.ts";
import type {WriteBehindOptions} from "./write-behind.ts";

export type NewBlock = {
  /** 32 bytes. */
  hash: Uint8Array;
  number: number;
  parentHash: Uint8Array;
  header: Uint8Array;
  body: readonly Uint8Array[];
  /** The state after the block. */
  state: TrieState;
  justifications?: Uint8Array;
  /** Of a chain's first block, where that is not block 0: what it stands on. */
  genesis?: StandIn;
};

/** By which a chain is known, of its first block. */
export const genesisHashOf = ({hash, genesis}: Pick<NewBlock, "hash" | "genesis">): Uint8Array =>
  genesis?.hash ?? hash;

export type CommitFailure =
  | {code: "block-unknown"; hash: Uint8Array}
  | {code: "below-finalized"; finalized: BlockRef};

export type ChainStoreOptions = StateStoreOptions &
  WriteBehindOptions & {
    /** What is to be kept from now on; what is not said stays as it was. */
    pruning?: Partial<PruningPolicy>;
    /** Whether a flat index of the newest states is kept beside the tries: not where they are in memory anyway. */
    flatIndex?: boolean | IndexPace;
  };

/** What is kept of a block whose state was stored. */
export function recordOf(block: Omit<NewBlock, "state">, state: StateRef): BlockRecord {
  const {hash, number, parentHash, header} = block;
  return {hash, number, parentHash, stateRoot: state.root, statePlace: state.place, header};
}
