import type {SubmitFailure, TransactionStatus} from "#pool";
import type {OpaqueExtrinsic} from "#primitives";
import type {ChainQuestions, Stop} from "../questions/chain.ts";
import type {PoolQuestions} from "../questions/pool.ts";

export interface BroadcastDependencies {
  readonly chain: ChainQuestions;
  readonly pool: PoolQuestions;
  readonly onBug: (error: unknown) => void;
}

/** Refusals after which a later block may see it otherwise. Whatever the runtime calls invalid stays refused. */
const WORTH_ANOTHER_TRY: ReadonlySet<SubmitFailure["code"]> = new Set([
  "verification-failed",
  "unknown-validity",
  "temporarily-banned",
  "already-imported",
  "priority-too-low",
  "immediately-dropped",
  "unactionable",
  "block-unknown",
  "future-refused",
]);

/**
 * Sees to it that a transaction is in the pool until it is final, never will be, or nobody wants it any more: what
 * falls out of the pool is put in again at the next best block (spec/rpc §2, `transaction_v1_broadcast`).
 */
export class Broadcast {
  readonly #extrinsic: OpaqueExtrinsic;
  readonly #deps: BroadcastDependencies;
  readonly #unlisten: Stop;
  #unwatch: Stop | undefined;
  #isInPool = false;
  #isOver = false;

  constructor(extrinsic: OpaqueExtrinsic, dependencies: BroadcastDependencies) {
    this.#extrinsic = extrinsic;
    this.#deps = dependencies;
    this.#unlisten = dependencies.chain.onBest(() => this.#submit());
    this.#submit();
  }

  /** Whether nothing more is done for it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  stop(): void {
    this.#isOver = true;
    this.#unlisten();
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #submit(): void {
    if (this.#isInPool || this.#isOver) return;
    this.#isInPool = true;
    this.#watch().catch(error => {
      this.stop();
      this.#deps.onBug(error);
    });
  }

  async #watch(): Promise<void> {
    const onStatus = (status: TransactionStatus) => this.#onStatus(status);
    const watched = await this.#deps.pool.watch(this.#extrinsic, onStatus, {isAtOnce: true});
    if (!watched.ok) {
      this.#isInPool = false;
      if (!WORTH_ANOTHER_TRY.has(watched.error.code)) this.stop();
    } else if (this.#isOver) {
      watched.value();
    } else if (this.#isInPool) {
      this.#unwatch = watched.value;
    }
  }

  #onStatus({kind}: TransactionStatus): void {
    if (kind === "finalized" || kind === "invalid" || kind === "usurped") {
      this.stop();
    } else if (kind === "dropped" || kind === "finalityTimeout") {
      this.#isInPool = false;
      this.#unwatch = undefined;
    }
  }
}
