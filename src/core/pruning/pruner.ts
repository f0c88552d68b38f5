import type {Logger} from "#base";
import type {ChainStore} from "#store";
import {TrieFault} from "#trie";
import type {Blockchain} from "../chain/blockchain.ts";

/** Nodes and values that go in one step: a millisecond or two. */
const STEP = 256;

export interface PrunerDependencies {
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly logger: Logger;
  readonly yieldThread: () => Promise<void>;
  /** The store failed, and nothing after that can be kept. */
  readonly onFatal: (fault: unknown) => void;
}

/** Removes what is not to be kept, step by step, for as long as it runs. */
export class Pruner {
  readonly #deps: PrunerDependencies;
  #working: Promise<void> | undefined;
  #unfollow: (() => void) | undefined;
  #isDamaged = false;
  #repaired = 0;

  constructor(dependencies: PrunerDependencies) {
    this.#deps = dependencies;
  }

  start(): void {
    this.#unfollow = this.#deps.chain.on("finalized", ({isLast}) => {
      if (isLast) this.wake();
    });
    this.wake();
  }

  /** To be called when damage was mended: what stopped for it goes on. */
  mended(): void {
    this.#isDamaged = false;
    this.#deps.store.pruning.mended();
    this.wake();
  }

  /** To be called when the policy has changed. */
  wake(): void {
    if (this.#unfollow === undefined || this.#isDamaged) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Ends in between two steps. */
  async stop(): Promise<void> {
    this.#unfollow?.();
    this.#unfollow = undefined;
    await this.#working;
  }

  /** What was read by the index was read by the trie meanwhile. */
  #tellOfRepairs(): void {
    const repaired = this.#deps.store.index?.status().repaired ?? 0;
    if (repaired === this.#repaired) return;
    const count = repaired - this.#repaired;
    this.#repaired = repaired;
    this.#deps.logger.log(
      "warn",
      "store",
      "rows of the index of the newest states were damaged, and made again from the state itself: look at the disk, and at the memory of the machine",
      {blocks: count},
    );
  }

  async #work(): Promise<void> {
    const {store, logger, yieldThread, onFatal} = this.#deps;
    try {
      while (this.#unfollow !== undefined && store.pruning.step(STEP)) {
        await store.room();
        await yieldThread();
      }
      this.#tellOfRepairs();
    } catch (error) {
      if (!(error instanceof TrieFault)) {
        onFatal(error);
        return;
      }
      this.#isDamaged = true;
      logger.log(
        "error",
        "store",
        "a state that has to be kept is damaged, so nothing is pruned any more: restore the database, or purge-chain and sync again",
        {error},
      );
    }
  }
}
