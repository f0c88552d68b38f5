import {binaryToBytes, equalBytes} from "#base";
import type {Hash} from "#primitives";
import type {RuntimeEvents} from "../access/runtime-events.ts";
import type {ItemSink} from "../json-rpc/item-sink.ts";
import type {BlockRef, ChainQuestions, Stop} from "../questions/chain.ts";
import {toHex} from "../shapes/hex.ts";
import {blocksAbove, lastFinalized, routeUp, treeBlock} from "./block-tree.ts";
import {Operations} from "./operations.ts";
import {ReportedBlocks, type TreeBlock} from "./reported-blocks.ts";

/** Final blocks that a follow begins with: Substrate's number. A client with two can look for a parent (spec/rpc §0.4). */
const FINALIZED_AT_START = 16;

/** Final and pruned blocks that a client may hold before its follow is stopped: Substrate's bound on pins. */
const MAX_SETTLED_PINS = 512;

/**
 * Blocks above what is final beyond which a follow is stopped. Substrate stops at 128, and again at every new try;
 * here a client can watch a chain whose finality stalls, and memory is what bounds it.
 */
const MAX_UNFINALIZED = 4_096;

export interface FollowDependencies {
  readonly chain: ChainQuestions;
  readonly runtimes: RuntimeEvents;
  readonly sink: ItemSink;
}

/** One `chainHead_v1_follow` subscription. */
export class Follow {
  readonly withRuntime: boolean;
  readonly operations: Operations;
  readonly #deps: FollowDependencies;
  readonly #blocks: ReportedBlocks;
  #best: Hash | undefined;
  #stops: Stop[] = [];

  /** Begins: its first events are what is there now. */
  constructor(withRuntime: boolean, dependencies: FollowDependencies) {
    const {chain, sink} = dependencies;
    this.withRuntime = withRuntime;
    this.operations = new Operations(sink);
    this.#deps = dependencies;
    const finalized = lastFinalized(chain, FINALIZED_AT_START).filter(
      ({hash}) => chain.discarded(hash) === undefined,
    );
    this.#blocks = new ReportedBlocks(finalized, block => chain.pin(block));
    this.#tellStart(finalized);
    this.#stops = [
      chain.onImport(block => this.#onImport(block)),
      chain.onBest(block => this.#onBest(block)),
      chain.onFinalized(block => this.#onFinalized(block)),
    ];
  }

  isPinned(block: Hash): boolean {
    return this.#blocks.isPinned(block);
  }

  /** All or none of them: false when one is not pinned. */
  unpin(blocks: readonly Hash[]): boolean {
    return this.#blocks.unpin(blocks);
  }

  /** Ends it without a word. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.operations.stopAll();
    this.#blocks.unpinAll();
  }

  #tellStart(finalized: readonly BlockRef[]): void {
    const {chain, runtimes, sink} = this.#deps;
    const last = finalized.at(-1)!;
    sink.send({
      event: "initialized",
      finalizedBlockHashes: finalized.map(({hash}) => toHex(hash)),
      ...(this.withRuntime ? {finalizedBlockRuntime: runtimes.of(last.hash)} : {}),
    });
    for (const block of blocksAbove(chain, last.number)) this.#report(block);
    this.#tellBest(chain.best());
  }

  #onImport(ref: BlockRef): void {
    const block = treeBlock(this.#deps.chain, ref);
    if (block !== undefined) this.#report(block);
    const tooFar = this.#blocks.unfinalizedCount > MAX_UNFINALIZED;
    if (tooFar || this.#blocks.settledPins > MAX_SETTLED_PINS) this.#giveUp();
  }

  #report(block: TreeBlock): void {
    if (!this.#blocks.add(block)) return;
    const {runtimes, sink} = this.#deps;
    const parent = binaryToBytes(block.parent);
    sink.send({
      event: "newBlock",
      blockHash: toHex(block.hash),
      parentBlockHash: toHex(parent),
      ...(this.withRuntime ? {newRuntime: runtimes.change(parent, block.hash)} : {}),
    });
  }

  #onBest(block: BlockRef): void {
    // A chain that leapt, or one that a developer set back.
    if (!this.#blocks.isOpen(block)) this.#giveUp();
    else this.#tellBest(block);
  }

  #tellBest({hash}: BlockRef): void {
    if (!this.#blocks.isOpen({hash, number: 0})) return;
    if (this.#best !== undefined && equalBytes(this.#best, hash)) return;
    this.#best = hash;
    this.#deps.sink.send({event: "bestBlockChanged", bestBlockHash: toHex(hash)});
  }

  #onFinalized(block: BlockRef): void {
    const {chain, sink} = this.#deps;
    const before = this.#blocks.finalized;
    if (block.number <= before.number) return;
    const route = routeUp(chain, before, block, MAX_UNFINALIZED);
    const settled = route && this.#blocks.finalize(route);
    if (settled === undefined) {
      this.#giveUp();
      return;
    }
    sink.send({
      event: "finalized",
      finalizedBlockHashes: settled.finalized.map(({hash}) => toHex(hash)),
      prunedBlockHashes: settled.pruned.map(({hash}) => toHex(hash)),
    });
  }

  /** What was reported no longer joins up with the chain, or is more than we keep: the client is to begin again. */
  #giveUp(): void {
    this.#deps.sink.send({event: "stop"});
    this.#deps.sink.end();
  }
}
