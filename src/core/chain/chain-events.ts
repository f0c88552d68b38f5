import {Listeners} from "#base";
import type {Hash} from "#primitives";

/** A block by name and height. */
export interface BlockRef {
  readonly hash: Hash;
  readonly number: number;
}

/** Where a block came from: made here, announced by a peer as new, or fetched while catching up. */
export type BlockOrigin = "own" | "announced" | "sync";

export interface ImportedBlock extends BlockRef {
  readonly origin: BlockOrigin;
  readonly isBest: boolean;
  /** Bytes of its proof, compact; undefined where it was not noted. */
  readonly proofSize?: number | undefined;
}

/** The new head of the best chain, and the way there. */
export interface BestChange extends BlockRef {
  /** No longer on the best chain, highest first. */
  readonly retracted: readonly BlockRef[];
  /** Now on the best chain, lowest first; the last one is the head. */
  readonly enacted: readonly BlockRef[];
  /** Somebody wished to be elsewhere in the past (`Blockchain.rewindTo`); no fork has won. */
  readonly isRewind?: true;
}

/** A block that has become final; announced one by one, lowest first. */
export interface FinalizedBlock extends BlockRef {
  /** The last of those that became final together: the one that the votes were for. */
  readonly isLast: boolean;
}

/** What may be listened to, each in the order in which it happened and once it is on disk. */
export interface ChainEvents {
  readonly import: ImportedBlock;
  readonly best: BestChange;
  readonly finalized: FinalizedBlock;
}

export type ChainFeed = keyof ChainEvents;

/** Who listens to the chain. */
export class ChainListeners {
  readonly #listeners: {[F in ChainFeed]: Listeners<[ChainEvents[F]]>};

  constructor(onFault: (fault: unknown) => void) {
    this.#listeners = {
      import: new Listeners(onFault),
      best: new Listeners(onFault),
      finalized: new Listeners(onFault),
    };
  }

  on<F extends ChainFeed>(feed: F, listener: (event: ChainEvents[F]) => void): () => void {
    return this.#listeners[feed].add(listener);
  }

  tell<F extends ChainFeed>(feed: F, event: ChainEvents[F]): void {
    this.#listeners[feed].tell(event);
  }
}
