import {bytesToHex} from "#base";
import {type BlockPart, type PastBlock, pastBlock} from "#core";
import {type ChainDescription, describeRuntime, readExtrinsic} from "#description";
import type {RunningNode} from "#node";
import type {Hash, Header} from "#primitives";
import {Overlay, type StateView} from "#state";
import type {TestEvent} from "../api.ts";
import {BlockView} from "../chain/block-view.ts";
import type {ChainInclusion, DispatchedCall, TraceLevel, TransactionReplay} from "../chain-api.ts";
import {replayTransaction} from "../traces/replay-transaction.ts";
import {traceText} from "../traces/trace-text.ts";
import type {ReadyTestChain} from "./ready-chain.ts";
import {type OutcomeSource, TracedOutcome} from "./traced-outcome.ts";

/** Transactions that are told of at once: more is read by nobody. */
const MOST_TOLD = 30;
const NOTHING = new Uint8Array(32);

/** What transactions of a chain came to, and what they did. */
export class ChainOutcomes {
  readonly #node: () => RunningNode;
  readonly #ready: ReadyTestChain;
  readonly #level: TraceLevel;
  /** What has no extrinsic of its own, or was never in a block: the chain's blocks do not tell of it. */
  #aside: {readonly block: number; readonly replay: () => TransactionReplay}[] = [];

  constructor(node: () => RunningNode, ready: ReadyTestChain, level: TraceLevel) {
    this.#node = node;
    this.#ready = ready;
    this.#level = level;
  }

  forget(): void {
    this.#aside = [];
  }

  included(number: number, index: number, what: string): ChainInclusion {
    const {chain} = this.#node();
    const hash = chain.hashOf(number)!;
    const events = this.view({hash, number})
      .events()
      .filter(({extrinsic}) => extrinsic === index);
    return Object.assign(this.#outcome({hash, number}, index, what, events), {index});
  }

  dispatched({hash, number, how, error, events}: Dispatched, what: string): DispatchedCall {
    // A message of the relay chain is served by an extrinsic of older chains, and before all of them in newer ones.
    const told = events.findLast(({name}) => /^(DmpQueue|MessageQueue)\./.test(name));
    const own = how === "relay-message" ? told : events.at(-1);
    const part = own?.extrinsic ?? "beginning";
    const outcome = this.#outcome({hash, number}, part, what, events, error);
    if (part === "beginning") this.#aside.push({block: number, replay: () => outcome.replay()});
    return Object.assign(outcome, {how});
  }

  /** What a transaction would do in a block on top of the best one; for those that no block takes. */
  untaken(extrinsic: Uint8Array): string {
    const {chain} = this.#node();
    const {hash, header, state} = chain.head;
    const {runtime, description} = this.runtimeOver(state);
    const next: Header = {
      parentHash: hash,
      number: header.number + 1,
      stateRoot: NOTHING,
      extrinsicsRoot: NOTHING,
      digest: [],
    };
    const block: PastBlock = {
      runtime,
      parentState: state,
      parentHead: chain.headerBytes(hash)!,
      proofSize: chain.proofSize,
      header: next,
      sealed: next,
      body: [extrinsic],
    };
    const replay = {...this.#replay(block, 0, description), block: undefined, index: undefined};
    this.#aside.push({block: next.number, replay: () => replay});
    // What it gave up over is said whatever is asked for.
    return traceText(replay, replay.panic === undefined ? this.#level : this.#level || 1);
  }

  /** Those of the best chain after a block, and those aside. */
  traces(after: number, level: TraceLevel = this.#level): string {
    if (level === 0) return "";
    const {chain} = this.#node();
    const all = [...this.#aside];
    for (let number = after + 1; number <= chain.best().number; number++) {
      const hash = chain.hashOf(number)!;
      const before = chain.state(chain.header(hash)!.parentHash);
      // What its state was made of is not kept any more.
      if (before === undefined) continue;
      const {description} = this.runtimeOver(before);
      for (const [index, extrinsic] of (chain.body(hash) ?? []).entries()) {
        const read = readExtrinsic(description, extrinsic);
        // What a block is given from outside is nobody's transaction.
        if (read.ok && read.value.kind === "bare") continue;
        all.push({block: number, replay: () => this.#replayed(hash, index)});
      }
    }
    all.sort((a, b) => a.block - b.block);
    const last = all.slice(-MOST_TOLD).map(({replay}) => replay());
    const wanted = level > 1 ? last : last.filter(one => one.error !== undefined || one.panic);
    const left = all.length - last.length;
    const before = left === 0 ? [] : [`… and ${left} before`];
    return [...before, ...wanted.map(replay => traceText(replay, level))].join("\n\n");
  }

  runtimeOver(state: StateView) {
    const {chain, verifySignature} = this.#node();
    const runtime = chain.runtimeOf(state);
    if (!runtime.ok) throw new Error(runtime.error);
    const host = {state: new Overlay(state), verifySignature};
    const description = describeRuntime(runtime.value, host);
    if (!description.ok) throw new Error(description.error);
    return {runtime: runtime.value, description: description.value};
  }

  #outcome(
    {hash, number}: {readonly hash: Hash; readonly number: number},
    part: BlockPart,
    what: string,
    events: readonly TestEvent[],
    error?: string,
  ): TracedOutcome {
    const {runtime, description} = this.#parentOf(hash);
    const source: OutcomeSource = {
      what,
      block: number,
      events,
      description,
      hasProofs: runtime.functions?.has("validate_block") === true,
      level: this.#level,
      accounts: this.#ready.accounts,
      replay: () => this.#replayed(hash, part),
    };
    return error === undefined ? new TracedOutcome(source) : new TracedOutcome(source, error);
  }

  /** Of the runtime that executed a block. */
  #parentOf(hash: Hash) {
    const {chain} = this.#node();
    const header = chain.header(hash);
    const state = header && chain.state(header.parentHash);
    if (state === undefined) throw new Error(`block ${bytesToHex(hash)} is not here any more`);
    return this.runtimeOver(state);
  }

  #replayed(hash: Hash, part: BlockPart): TransactionReplay {
    const block = pastBlock(this.#node().chain, hash);
    if (!block?.ok) throw new Error(`block ${bytesToHex(hash)} is not here any more`);
    const {description} = this.#parentOf(hash);
    return this.#replay(block.value, part, description);
  }

  #replay(block: PastBlock, part: BlockPart, description: ChainDescription): TransactionReplay {
    const {crypto, verifySignature} = this.#node();
    const {accounts, share} = this.#ready;
    const {hashing} = crypto;
    const ground = {description, hashing, accounts, verifySignature, words: share.words};
    return replayTransaction(block, part, ground);
  }

  view(ref: {readonly hash: Hash; readonly number: number}): BlockView {
    const {chain, crypto, verifySignature} = this.#node();
    const {accounts} = this.#ready;
    const {hashing} = crypto;
    const descriptionOf = (state: StateView) => this.runtimeOver(state).description;
    return new BlockView({chain, descriptionOf, accounts, hashing, verifySignature}, ref);
  }
}

interface Dispatched {
  readonly hash: Hash;
  readonly number: number;
  readonly how: DispatchedCall["how"];
  readonly error: string | undefined;
  readonly events: readonly TestEvent[];
}
