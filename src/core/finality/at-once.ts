import {type Logger, ok, type Result} from "#base";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import type {Finality, WayBack} from "./finality.ts";
import {HeldHeight} from "./held-height.ts";

export interface AtOnceDependencies {
  readonly store: Pick<ChainStore, "value" | "setValue">;
  readonly chain: Blockchain;
  readonly logger: Logger;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Each best block is final as soon as it is on disk. For chains of one author: nobody votes and nothing is proved, so two
 * nodes that saw two blocks of one height hold different ones final for ever.
 */
export class AtOnce implements Finality {
  readonly grandpa = undefined;
  readonly #deps: AtOnceDependencies;
  readonly #held: HeldHeight;
  #stop: (() => void) | undefined;
  #written: Promise<void> = Promise.resolve();

  constructor(dependencies: AtOnceDependencies) {
    this.#deps = dependencies;
    this.#held = new HeldHeight(dependencies.store);
  }

  start(): void {
    this.#stop = this.#deps.chain.on("best", () => this.#catchUp());
    this.#catchUp();
  }

  async stop(): Promise<void> {
    this.#stop?.();
    await this.#written;
  }

  get heldAt(): number | undefined {
    return this.#held.height;
  }

  holdAt(height: number | undefined): void {
    if (this.#held.set(height)) this.#catchUp();
  }

  stall(): string | undefined {
    const {heldAt} = this;
    const {chain} = this.#deps;
    if (heldAt === undefined || chain.best().number <= heldAt) return undefined;
    return `nothing above block ${heldAt} is made final, as engine_createBlock was told: engine_finalizeBlock goes on`;
  }

  waiting(): string {
    return this.stall() ?? "it is about to be";
  }

  goBackTo(): Result<WayBack, never> {
    // The chain tells of its best block when it is there, and that one is final then.
    return ok({own: new Map(), goOn() {}});
  }

  #catchUp(): void {
    const {chain} = this.#deps;
    const target = this.#target();
    if (target === undefined) return;
    const done = chain.finalize(target.hash, undefined);
    // The head holds what is final: were it otherwise, the chain would be wrong.
    if (!done.ok) throw new Error(`cannot finalize ${target.number}: ${done.error.code}`);
    this.#written = done.value.catch(this.#deps.onFatal);
  }

  /**
   * The highest block of the best chain that may be final and is not. Of the chain as it is, not as it was announced: an
   * announcement may be of a block that finality, or a way back, has left behind since.
   */
  #target(): BlockRef | undefined {
    const {chain} = this.#deps;
    const {head} = chain;
    const number = Math.min(head.number, this.heldAt ?? head.number);
    if (number <= chain.lastFinalized.number) return undefined;
    const hash = chain.ancestorAt(head, number);
    return hash === undefined ? undefined : {hash, number};
  }
}
