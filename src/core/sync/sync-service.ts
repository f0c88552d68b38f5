import {setMaxListeners} from "node:events";
import type {Clock, Logger, Result} from "#base";
import type {CryptoSuite} from "#crypto";
import type {BlockAnnounce, PeerHello, PeerId, ReportReason, RequestClient} from "#network";
import type {Hash, Header} from "#primitives";
import {
  ChainSync,
  type Leap,
  type SyncAction,
  type SyncBlock,
  type SyncOffence,
  type SyncProgress,
} from "#sync";
import type {BlockImporter} from "../chain/block-importer.ts";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlocksUnderWay} from "../chain/blocks-under-way.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import type {ImportQueue} from "../chain/import-queue.ts";
import type {GrandpaPart} from "../finality/index.ts";
import {Alarm} from "../time/alarm.ts";
import {AnnouncedSeals} from "./announced-seals.ts";
import {HistoryDriver} from "./history-driver.ts";
import {importOutcome} from "./import-outcome.ts";
import {OFFENCE_COSTS} from "./offence-costs.ts";
import {ProgressLog} from "./progress-log.ts";
import {readBlocks} from "./read-blocks.ts";
import type {SyncMode} from "./sync-mode.ts";
import {takeLeap} from "./take-leap.ts";
import {WarpDriver} from "./warp-driver.ts";

export interface SyncServiceDependencies {
  readonly chain: Blockchain;
  readonly importer: Pick<BlockImporter, "checkSeal">;
  readonly queue: ImportQueue;
  /** Told of blocks that peers announce. */
  readonly underWay?: Pick<BlocksUnderWay, "announced">;
  /** Undefined: nobody proves what is final, so nobody can be led along proofs. */
  readonly grandpa: GrandpaPart | undefined;
  readonly requests: Pick<RequestClient, "blocks" | "state" | "warp">;
  readonly crypto: Pick<CryptoSuite, "hashing" | "signatures">;
  /** Steady. */
  readonly clock: Clock;
  /** A block of this header was made so long ago that whoever is in step has it. */
  readonly isOld: (header: Header) => boolean;
  readonly logger: Logger;
  report(peer: PeerId, reason: ReportReason): void;
  /** A block came with a proof of its finality; it is in the chain now. */
  onJustification(justification: Uint8Array, peer: PeerId): void;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Catches up and stays there: a warp first where one is asked for, then block by block, with the history below a warp
 * filled when there is nothing more urgent. Sends what the machines of `sync` ask, imports what they hand on, tells
 * them how that went.
 */
export class SyncService {
  readonly #mode: SyncMode;
  readonly #deps: SyncServiceDependencies;
  readonly #sync: ChainSync;
  readonly #alarm: Alarm;
  readonly #abort = new AbortController();
  readonly #log: ProgressLog;
  readonly #peers = new Set<PeerId>();
  readonly #seals: AnnouncedSeals;
  #warp: WarpDriver | undefined;
  #history: HistoryDriver | undefined;
  #isPaused = false;

  constructor(mode: SyncMode, dependencies: SyncServiceDependencies) {
    this.#mode = mode;
    this.#deps = dependencies;
    this.#seals = new AnnouncedSeals(dependencies.importer);
    const {chain, crypto, clock, logger} = dependencies;
    // Every question under way listens, one a peer and more: no leak.
    setMaxListeners(0, this.#abort.signal);
    this.#sync = new ChainSync({
      chain: {
        best: () => chain.head,
        finalized: () => chain.lastFinalized,
        isKnown: hash => chain.headerBytes(hash) !== undefined,
        hashAt: number => chain.hashOf(number),
      },
      hashing: crypto.hashing,
      isOld: dependencies.isOld,
    });
    this.#alarm = new Alarm(clock, () => this.#step(() => this.#sync.tick(clock.now())));
    this.#log = new ProgressLog(clock, logger, () => this.#toSay());
    if (chain.history !== undefined) this.#fillHistory();
    else if (mode !== "full") {
      if (dependencies.grandpa !== undefined) this.#beginWarp(dependencies.grandpa);
      else logger.log("info", "sync", `no ${mode} sync: nobody proves what is final on this chain`);
    }
  }

  stop(): void {
    this.#abort.abort(new Error("stopping"));
    this.#alarm.stop();
    this.#warp?.stop();
    this.#history?.stop();
    this.#log.stop();
  }

  get isMajorSyncing(): boolean {
    return this.#isPaused || this.#sync.isMajorSyncing;
  }

  get target(): number {
    return this.#warp?.sync.target ?? this.#sync.target;
  }

  progress(): SyncProgress {
    const {clock, chain} = this.#deps;
    if (this.#warp !== undefined) return this.#warp.sync.progress(clock.now());
    const progress = this.#sync.progress();
    const isFilling = this.#history !== undefined && (this.#isPaused || progress.stage === "idle");
    if (!isFilling) return progress;
    const {left, peers} = this.#history!.sync;
    return {
      ...progress,
      stage: "downloading-history",
      best: chain.head.number,
      waitingFor: peers === 0 ? "peers" : undefined,
      detail: `${left} older blocks to come`,
    };
  }

  peerAccepted(peer: PeerId, {bestHash, bestNumber}: PeerHello): void {
    const best = {hash: bestHash, number: bestNumber};
    this.#peers.add(peer);
    this.#warp?.step((warp, now) => warp.peerJoined(peer, bestNumber, now));
    this.#history?.step((history, now) => history.peerJoined(peer, now));
    this.#step(now => this.#sync.peerJoined(peer, best, now));
  }

  peerGone(peer: PeerId): void {
    this.#peers.delete(peer);
    this.#warp?.step((warp, now) => warp.peerLeft(peer, now));
    this.#history?.step((history, now) => history.peerLeft(peer, now));
    this.#step(now => this.#sync.peerLeft(peer, now));
  }

  announced(peer: PeerId, {header, isBest}: BlockAnnounce, hash: Hash): void {
    const isNew = this.#deps.chain.headerBytes(hash) === undefined;
    const fault = isNew ? this.#seals.fault(header, hash) : undefined;
    if (fault !== undefined) {
      this.#report(peer, "bad-announcement", `block ${header.number}: ${fault}`);
      return;
    }
    if (isNew && this.#seals.isGood(hash)) this.#deps.underWay?.announced(hash, header);
    this.#warp?.step((warp, now) => warp.announced(peer, header.number, now));
    this.#step(now => this.#sync.announced(peer, header, hash, isBest, now));
  }

  /** Fetches a block that finality waits for. */
  want(block: BlockRef, from: readonly PeerId[]): void {
    this.#step(now => this.#sync.want(block, from, now));
  }

  #beginWarp(grandpa: GrandpaPart): void {
    const {chain} = this.#deps;
    const {sets, isFixed} = grandpa;
    const {setId, authorities} = sets;
    this.#pause();
    this.#warp = new WarpDriver(
      {...chain.lastFinalized, setId, authorities, isFixed},
      {
        ...this.#deps,
        report: (peer, offence, facts) => this.#report(peer, offence, facts),
        onStep: () => this.#log.wake(),
        onEnd: end => this.#endWarp(end, grandpa),
      },
    );
  }

  #endWarp(end: Result<Leap, string>, grandpa: GrandpaPart): void {
    const {chain, logger} = this.#deps;
    this.#warp = undefined;
    const taken = end.ok ? takeLeap(chain, grandpa, end.value) : end;
    if (!taken.ok) logger.log("info", "sync", `block by block instead of a warp: ${taken.error}`);
    else {
      const {number, setId} = (end as {value: Leap}).value;
      logger.log("info", "sync", "warped", {number, setId});
      taken.value.catch(this.#deps.onFatal);
      this.#fillHistory();
    }
    if (this.#history === undefined || this.#mode !== "fast") this.#resume();
  }

  #fillHistory(): void {
    const {history} = this.#deps.chain;
    if (history === undefined) return;
    if (this.#mode === "fast") this.#pause();
    const driver = new HistoryDriver(history, {
      ...this.#deps,
      hashing: this.#deps.crypto.hashing,
      report: (peer, offence, facts) => this.#report(peer, offence, facts),
      onStall: () => this.#resume(),
      onEnd: () => {
        this.#history = undefined;
        this.#deps.logger.log("info", "sync", "history is whole");
        this.#resume();
      },
    });
    this.#history = driver;
    for (const peer of this.#peers) driver.step((sync, now) => sync.peerJoined(peer, now));
    this.#log.wake();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#sync.pause();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#step(now => this.#sync.resume(now));
  }

  /** While catching up, and while history comes. */
  #toSay(): {mode: string; progress: SyncProgress} | undefined {
    const isQuiet = !this.isMajorSyncing && this.#history === undefined;
    if (isQuiet) return undefined;
    const isFull = this.#warp === undefined && this.#history === undefined;
    return {mode: isFull ? "full" : this.#mode, progress: this.progress()};
  }

  #step(input: (now: ReturnType<Clock["now"]>) => void): void {
    if (this.#abort.signal.aborted) return;
    const {clock} = this.#deps;
    input(clock.now());
    for (const action of this.#sync.drain()) this.#perform(action);
    this.#alarm.set(this.#sync.wakeAt(clock.now()));
    const isBehind = !this.#isPaused && this.#sync.isMajorSyncing;
    this.#history?.step((history, now) => history.hold(isBehind, now));
    this.#log.wake();
  }

  #perform(action: SyncAction): void {
    switch (action.kind) {
      case "request": {
        const {id, peer, wanted} = action;
        readBlocks(this.#deps.requests, peer, wanted, this.#abort.signal).then(answer =>
          this.#step(now => this.#sync.answered(id, answer, now)),
        );
        return;
      }
      case "import":
        for (const block of action.blocks) this.#import(block, action.peer, action.announced);
        return;
      case "report":
        this.#report(action.peer, action.offence, action.facts);
    }
  }

  #report(peer: PeerId, offence: SyncOffence, facts: string): void {
    this.#deps.logger.log("debug", "sync", `${offence}: ${facts}`, {peer});
    const cost = OFFENCE_COSTS[offence];
    if (cost !== undefined) this.#deps.report(peer, cost);
  }

  #import(block: SyncBlock, peer: PeerId, announced: boolean): void {
    const {queue, onJustification} = this.#deps;
    const {hash, header, body, justification} = block;
    queue.push({
      hash,
      header,
      body,
      origin: announced ? "announced" : "sync",
      done: outcome => {
        if (outcome.ok && justification !== undefined) {
          // Not before the block was announced to the voters: its proof may end their set. The queue sees to failures.
          outcome.value.written.then(
            () => onJustification(justification, peer),
            () => undefined,
          );
        }
        const told = outcome.ok
          ? ({kind: outcome.value.wasKnown ? "known" : "imported"} as const)
          : importOutcome(outcome.error);
        if (told.kind === "bad") this.#logBad(block, peer, told.reason);
        if (told.kind === "early") {
          const {logger} = this.#deps;
          const words = "block from the future not taken: is this machine's clock right?";
          logger.log("warn", "import", words, {number: block.number, hash, peer});
        }
        this.#step(now => this.#sync.imported(hash, told, now));
      },
    });
  }

  #logBad({hash, number}: SyncBlock, peer: PeerId, reason: string): void {
    this.#deps.logger.log("warn", "import", "bad block refused", {number, hash, peer, reason});
  }
}
