import type {BinaryString} from "#base";
import type {TrieState} from "#state";
import type {BlockRecord} from "../block-record.ts";
import type {BlockRef, BlockStore} from "../block-store.ts";
import type {Run} from "./run.ts";
import type {StoredRowsParts} from "./stored-rows.ts";

export interface FlatIndexParts extends StoredRowsParts {
  readonly writer: StoredRowsParts["writer"] & {
    get(key: BinaryString): Uint8Array | undefined;
  };
  readonly blocks: BlockStore;
  /** The state after a block; undefined where it is gone or never came. */
  readonly stateOf: (block: BlockRecord) => TrieState | undefined;
  readonly finalized: () => BlockRef;
}

export interface FlatIndexStatus {
  /** Whether states are read by it; else it is read from disk, made, or brought up to the chain. */
  readonly isReady: boolean;
  /** Blocks of rows, and bytes of memory for where they begin, for those that are held, and for what lies over them. */
  readonly blocks: number;
  readonly bytes: number;
  /** Ranges whose rows are damaged and still to be made again, and how many were. */
  readonly damaged: number;
  readonly repaired: number;
}

/** How much is done at a time. */
export interface IndexPace {
  /** Final blocks below the last that can still be read by the index; at least 1. */
  readonly behind: number;
  /** Blocks whose changes are put together in one step. */
  readonly folded: number;
  /** Differences looked at in one step: some milliseconds. */
  readonly compared: number;
  /** Blocks of rows written in one step. */
  readonly moved: number;
  /** Bytes of memory over the rows from which on they are brought up to the chain. */
  readonly mostOver: number;
  /** Blocks of rows from which on there is an index: with fewer, the tries are in memory anyway, and faster. */
  readonly least: number;
  /** Bytes of memory for blocks of rows: reading one from there costs a fourth of reading it from the database. */
  readonly memory: number;
}

export const INDEX_PACE: IndexPace = {
  behind: 16,
  folded: 64,
  compared: 500,
  moved: 32,
  mostOver: 16 * 1024 * 1024,
  least: 1_000,
  memory: 256 * 1024 * 1024,
};

/** What is done before the index can be read. */
export type Work = {readonly kind: "loading" | "clearing" | "building" | "comparing"} & {
  readonly steps: Iterator<void>;
};

/** What lies over the rows that are on their way to another state. */
export interface Move {
  readonly to: BlockRef;
  readonly run: Run;
  upTo: BinaryString;
}

/** Final blocks after which a state that was too small for an index is looked at again. */
export const LOOKED_AGAIN = 50_000;

/** Views that are handed out again: those of the newest blocks, whom everybody asks for. */
export const VIEWS = 8;
