import type {Hashing} from "#crypto";
import type {Hash, Header} from "#primitives";

/** A peer's name; opaque here. */
export type PeerId = string;

/** A block by name and height. */
export interface BlockRef {
  readonly hash: Hash;
  readonly number: number;
}

/** What is asked of one peer (spec/network §1.5, sync/2); headers always come along. */
export interface BlocksWanted {
  readonly from: {readonly hash: Hash} | {readonly number: number};
  readonly direction: "ascending" | "descending";
  readonly max: number;
  readonly body: boolean;
  readonly justification: boolean;
}

/** A block as a peer sent it: bytes of which nothing has been believed yet. */
export interface ReceivedBlock {
  readonly hash: Hash;
  readonly header: Uint8Array | undefined;
  readonly body: readonly Uint8Array[] | undefined;
  readonly justification: Uint8Array | undefined;
}

/**
 * A block whose header is the one that its hash names, and its body, where one was asked for, the one that its header
 * commits to. Its seal, and what it does, are the importer's to check.
 */
export interface SyncBlock extends BlockRef {
  readonly header: Header;
  readonly body: readonly Uint8Array[];
  readonly justification: Uint8Array | undefined;
  /** What it takes of our memory, in bytes, roughly. */
  readonly size: number;
}

/** What peers do wrong in the eyes of a sync; the caller knows what it costs them (spec/network §1.6). */
export type SyncOffence =
  | "bad-response"
  | "unanswered"
  | "empty-promise"
  | "bad-block"
  | "finalized-fork"
  | "bad-announcement";

/** What the caller is to do, in this order. */
export type SyncAction =
  | {
      readonly kind: "request";
      readonly id: number;
      readonly peer: PeerId;
      readonly wanted: BlocksWanted;
    }
  | {
      readonly kind: "import";
      readonly peer: PeerId;
      readonly blocks: readonly SyncBlock[];
      /** New ones, rather than some of many while catching up. */
      readonly announced: boolean;
    }
  | {
      readonly kind: "report";
      readonly peer: PeerId;
      readonly offence: SyncOffence;
      readonly facts: string;
    };

/** What became of a block that was to be imported. */
export type ImportOutcome =
  | {readonly kind: "imported"}
  | {readonly kind: "known"}
  /** Its parent is not there: what came before it failed, or never came. */
  | {readonly kind: "orphan"}
  /** Nothing is wrong with it and it is of no use: what is final has passed it by. */
  | {readonly kind: "abandoned"}
  /** We could not find out, and that is ours to mend: the same block is asked for again, later. */
  | {readonly kind: "unchecked"}
  /** It comes too early by our clock, of which nobody can say from here whether it is the one that is wrong. */
  | {readonly kind: "early"}
  /** The block is bad, and so is whoever sent it. */
  | {readonly kind: "bad"; readonly reason: string};

/** The chain as a sync has to know it. */
export interface LocalChain {
  best(): BlockRef;
  finalized(): BlockRef;
  isKnown(hash: Hash): boolean;
  /** The block of the best chain at a height. */
  hashAt(number: number): Hash | undefined;
}

export interface ChainSyncDependencies {
  readonly chain: LocalChain;
  readonly hashing: Pick<Hashing, "blockHash">;
  /** By its slot it was made so long ago that we should have it; never where nobody can say. */
  readonly isOld?: (header: Header) => boolean;
}
