import {Slices, type SlicesDependencies} from "#base";
import type {Blockchain, ChainEvents, ChainFeed} from "#core";

/** Events that wait to be told; with more behind it one is told in one piece, however long that takes. */
const MOST_WAITING = 256;

type Told = (event: ChainEvents[ChainFeed]) => void;

interface Waiting {
  readonly feed: ChainFeed;
  readonly event: ChainEvents[ChainFeed];
  /** Who listened when it happened: whoever came later has seen what it brought. */
  readonly listeners: readonly Told[];
}

/**
 * What happens to the chain, told to clients in slices of the thread: hundreds of them, each with a few subscriptions, are as long a
 * piece of work as a block. The node's own listeners are not among them. Each client is told everything in its order.
 */
export class ChainFeeds {
  readonly #chain: Pick<Blockchain, "on">;
  readonly #thread: SlicesDependencies;
  /** What goes wrong in answering clients is no reason for the chain to stop. */
  readonly #onFault: (fault: unknown) => void;
  readonly #listeners = {
    import: new Set<Told>(),
    best: new Set<Told>(),
    finalized: new Set<Told>(),
  };
  /** The same as lists, until somebody comes or goes. */
  readonly #lists = new Map<ChainFeed, readonly Told[]>();
  readonly #waiting: Waiting[] = [];
  #isTelling = false;
  #isListening = false;

  constructor(
    chain: Pick<Blockchain, "on">,
    thread: SlicesDependencies,
    onFault: (fault: unknown) => void,
  ) {
    this.#chain = chain;
    this.#thread = thread;
    this.#onFault = onFault;
  }

  /** Returns how to stop listening. */
  on<F extends ChainFeed>(feed: F, listener: (event: ChainEvents[F]) => void): () => void {
    this.#listen();
    const told = (event: ChainEvents[ChainFeed]) => listener(event as ChainEvents[F]);
    this.#listeners[feed].add(told);
    this.#lists.delete(feed);
    return () => {
      this.#listeners[feed].delete(told);
      this.#lists.delete(feed);
    };
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    for (const feed of ["import", "best", "finalized"] as const) {
      this.#chain.on(feed, event => this.#happened(feed, event));
    }
  }

  #happened(feed: ChainFeed, event: ChainEvents[ChainFeed]): void {
    if (this.#listeners[feed].size === 0) return;
    let listeners = this.#lists.get(feed);
    if (listeners === undefined) {
      listeners = [...this.#listeners[feed]];
      this.#lists.set(feed, listeners);
    }
    this.#waiting.push({feed, event, listeners});
    if (!this.#isTelling) void this.#tellAll();
  }

  /** What does not fill a slice is told in the breath in which it happened. */
  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    const slices = new Slices(this.#thread);
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      for (const listener of next.listeners) {
        if (slices.isOver && this.#waiting.length < MOST_WAITING) await slices.next();
        // It may have gone since.
        if (this.#listeners[next.feed].has(listener)) this.#tell(listener, next.event);
      }
    }
    this.#isTelling = false;
  }

  #tell(listener: Told, event: ChainEvents[ChainFeed]): void {
    try {
      listener(event);
    } catch (fault) {
      this.#onFault(fault);
    }
  }
}
