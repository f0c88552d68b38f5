import {type Clock, type Logger, millis} from "#base";
import type {Hashing} from "#crypto";
import type {PeerId, RequestClient} from "#network";
import {type HistoryAction, HistorySync, type SyncBlock, type SyncOffence} from "#sync";
import type {Blockchain} from "../chain/blockchain.ts";
import {Alarm} from "../time/alarm.ts";
import {readBlocks} from "./read-blocks.ts";

export interface HistoryDependencies {
  readonly chain: Blockchain;
  readonly requests: Pick<RequestClient, "blocks">;
  readonly hashing: Pick<Hashing, "blockHash">;
  readonly clock: Clock;
  readonly logger: Logger;
  report(peer: PeerId, offence: SyncOffence, facts: string): void;
  /** Nobody gave any of it for long, or only by drops: whoever waits for it had better not. */
  onStall(): void;
  onEnd(): void;
  readonly onFatal: (error: unknown) => void;
}

/** Nothing worth waiting for has come for this long. */
const STALL = 60_000;

/** Drives `HistorySync` over a network, until the history is whole. What has come is kept across restarts. */
export class HistoryDriver {
  readonly #deps: HistoryDependencies;
  readonly #sync: HistorySync;
  readonly #alarm: Alarm;
  readonly #stall: Alarm;
  readonly #abort = new AbortController();

  constructor(history: NonNullable<Blockchain["history"]>, dependencies: HistoryDependencies) {
    this.#deps = dependencies;
    const {chain, hashing} = dependencies;
    this.#sync = new HistorySync(history, hashing, number => chain.keepsBody(number));
    this.#alarm = new Alarm(dependencies.clock, () => this.step((sync, now) => sync.tick(now)));
    this.#stall = new Alarm(dependencies.clock, () => dependencies.onStall());
    this.#watch();
  }

  get sync(): HistorySync {
    return this.#sync;
  }

  stop(): void {
    this.#abort.abort(new Error("stopping"));
    this.#alarm.stop();
    this.#stall.stop();
  }

  step(input: (sync: HistorySync, now: ReturnType<Clock["now"]>) => void): void {
    if (this.#abort.signal.aborted) return;
    const {clock} = this.#deps;
    input(this.#sync, clock.now());
    for (const action of this.#sync.drain()) this.#perform(action);
    if (!this.#abort.signal.aborted) this.#alarm.set(this.#sync.wakeAt(clock.now()));
  }

  #watch(): void {
    if (!this.#abort.signal.aborted) this.#stall.set(millis(this.#deps.clock.now() + STALL));
  }

  #perform(action: HistoryAction): void {
    const {requests, logger} = this.#deps;
    switch (action.kind) {
      case "request":
        readBlocks(requests, action.peer, action.wanted, this.#abort.signal).then(answer =>
          this.step((sync, now) => sync.answered(action.id, answer, now)),
        );
        return;
      case "report":
        this.#deps.report(action.peer, action.offence, action.facts);
        return;
      case "keep":
        this.#keep(action.blocks, action.isSlow).catch(this.#deps.onFatal);
        return;
      case "broken":
        this.stop();
        logger.log("error", "sync", `history does not meet our own blocks: ${action.facts}`);
        this.#deps.onEnd();
    }
  }

  async #keep(blocks: readonly SyncBlock[], isSlow: boolean): Promise<void> {
    const {chain} = this.#deps;
    await chain.room();
    if (this.#abort.signal.aborted) return;
    for (const block of blocks) {
      if (!chain.fillHistory(block)) throw new Error(`block ${block.number} is not the next one`);
    }
    if (!isSlow) this.#watch();
    this.step((sync, now) => sync.kept(now));
    if (!this.#sync.isOver) return;
    this.stop();
    this.#deps.onEnd();
  }
}
