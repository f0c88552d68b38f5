import {type Clock, err, type Logger, ok} from "#base";
import type {Hashing} from "#crypto";
import type {BlockAnnounce, PeerHello, PeerId, ReportReason, RequestClient} from "#network";
import type {Hash} from "#primitives";
import {
  type BlocksWanted,
  ChainSync,
  type ImportOutcome,
  type SyncAction,
  type SyncBlock,
  type SyncOffence,
  type SyncProgress,
} from "#sync";
import type {ImportFailure} from "../chain/block-importer.ts";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import type {ImportQueue} from "../chain/import-queue.ts";
import {Alarm} from "../time/alarm.ts";

export interface SyncServiceDependencies {
  readonly chain: Blockchain;
  readonly queue: ImportQueue;
  readonly requests: Pick<RequestClient, "blocks">;
  readonly hashing: Pick<Hashing, "blake2b256">;
  readonly clock: Clock;
  readonly logger: Logger;
  report(peer: PeerId, reason: ReportReason): void;
  /** A block came with a proof of its finality; it is in the chain now. */
  onJustification(justification: Uint8Array, peer: PeerId): void;
}

/** What an offence costs (spec/network §1.6); undefined where the request itself was already charged for. */
const COSTS: Readonly<Record<SyncOffence, ReportReason | undefined>> = {
  "bad-response": "response-malformed",
  unanswered: undefined,
  "empty-promise": undefined,
  "bad-block": "block-invalid",
  "finalized-fork": "ancestor-unknown",
  "bad-announcement": "announce-invalid",
};

/** Drives `ChainSync` over a network: sends what it asks, imports what it hands on, tells it how that went. */
export class SyncService {
  readonly #deps: SyncServiceDependencies;
  readonly #sync: ChainSync;
  readonly #alarm: Alarm;
  readonly #abort = new AbortController();

  constructor(dependencies: SyncServiceDependencies) {
    this.#deps = dependencies;
    const {chain, hashing, clock} = dependencies;
    this.#sync = new ChainSync({
      chain: {
        best: () => chain.head,
        finalized: () => chain.lastFinalized,
        isKnown: hash => chain.headerBytes(hash) !== undefined,
        hashAt: number => chain.hashOf(number),
      },
      hashing,
    });
    this.#alarm = new Alarm(clock, () => this.#step(() => this.#sync.tick(clock.now())));
  }

  stop(): void {
    this.#abort.abort(new Error("stopping"));
    this.#alarm.stop();
  }

  get isMajorSyncing(): boolean {
    return this.#sync.isMajorSyncing;
  }

  get target(): number {
    return this.#sync.target;
  }

  progress(): SyncProgress {
    return this.#sync.progress();
  }

  peerAccepted(peer: PeerId, {bestHash, bestNumber}: PeerHello): void {
    const best = {hash: bestHash, number: bestNumber};
    this.#step(now => this.#sync.peerJoined(peer, best, now));
  }

  peerGone(peer: PeerId): void {
    this.#step(now => this.#sync.peerLeft(peer, now));
  }

  announced(peer: PeerId, {header, isBest}: BlockAnnounce, hash: Hash): void {
    this.#step(now => this.#sync.announced(peer, header, hash, isBest, now));
  }

  /** Fetches a block that finality waits for. */
  want(block: BlockRef, peer: PeerId): void {
    this.#step(now => this.#sync.want(block, peer, now));
  }

  #step(input: (now: ReturnType<Clock["now"]>) => void): void {
    if (this.#abort.signal.aborted) return;
    const {clock} = this.#deps;
    input(clock.now());
    for (const action of this.#sync.drain()) this.#perform(action);
    this.#alarm.set(this.#sync.wakeAt(clock.now()));
  }

  #perform(action: SyncAction): void {
    const {logger} = this.#deps;
    switch (action.kind) {
      case "request":
        this.#ask(action.id, action.peer, action.wanted);
        return;
      case "import":
        for (const block of action.blocks) this.#import(block, action.peer, action.announced);
        return;
      case "report": {
        const {peer, offence, facts} = action;
        logger.log("debug", "sync", `${offence}: ${facts}`, {peer});
        const cost = COSTS[offence];
        if (cost !== undefined) this.#deps.report(peer, cost);
      }
    }
  }

  #ask(id: number, peer: PeerId, wanted: BlocksWanted): void {
    const {requests} = this.#deps;
    const request = {
      attributes: {header: true, body: wanted.body, justification: wanted.justification},
      from: wanted.from,
      direction: wanted.direction,
      maxBlocks: wanted.max,
    };
    requests.blocks(peer, request, this.#abort.signal).then(answer => {
      const read = answer.ok
        ? ok(
            answer.value.map(({hash, header, body, justifications}) => ({
              hash,
              header,
              // On the wire an empty body and none are the same.
              body: body ?? (wanted.body ? [] : undefined),
              justification: justifications?.[0]?.proof,
            })),
          )
        : err(answer.error.code);
      this.#step(now => this.#sync.answered(id, read, now));
    });
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
        if (outcome.ok && justification !== undefined) onJustification(justification, peer);
        const told = outcome.ok
          ? ({kind: outcome.value.wasKnown ? "known" : "imported"} as const)
          : importOutcome(outcome.error);
        if (told.kind === "bad") this.#logBad(block, peer, told.reason);
        this.#step(now => this.#sync.imported(hash, told, now));
      },
    });
  }

  #logBad({hash, number}: SyncBlock, peer: PeerId, reason: string): void {
    this.#deps.logger.log("warn", "import", "bad block refused", {number, hash, peer, reason});
  }
}

/** What a failed import says of the block, and so of who sent it. */
function importOutcome(failure: ImportFailure | {readonly code: "queue-full"}): ImportOutcome {
  switch (failure.code) {
    case "parent-unknown":
    case "queue-full":
      return {kind: "orphan"};
    case "fork-abandoned":
    // Ours to mend: the peer may well be right.
    case "runtime-unavailable":
      return {kind: "abandoned"};
    default:
      return {
        kind: "bad",
        reason: "reason" in failure ? `${failure.code}: ${failure.reason}` : failure.code,
      };
  }
}
