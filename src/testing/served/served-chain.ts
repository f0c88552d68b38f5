import {binaryToBytes, formatReport, millis, ok, type Report} from "#base";
import type {RunningNode} from "#node";
import {nextNonce} from "#runtime-api";
import type {AccountName, TestCall} from "../api.ts";
import type {BlockView} from "../chain/block-view.ts";
import {EventReader} from "../chain/readable-event.ts";
import type {
  ChainInclusion,
  ChainOptions,
  ChainSubmitOptions,
  ChainUpgrade,
  DispatchedCall,
  OpenWatcher,
  TestChain,
  TestOrigin,
  TraceLevel,
} from "../chain-api.ts";
import {CallEncoder} from "../transactions/encode-call.ts";
import {refused, signTestCall} from "../transactions/sign-test-call.ts";
import {awaitInclusion, type Waiting} from "./await-inclusion.ts";
import {ChainOutcomes} from "./chain-outcomes.ts";
import {checkAdvance, checkBlock, checkCall, checkLevel, checkSubmit} from "./check-arguments.ts";
import {namedOrigin} from "./named-origin.ts";
import {namedValues} from "./named-values.ts";
import {OneAtATime} from "./one-at-a-time.ts";
import {readFile} from "./read-file.ts";
import type {ReadyTestChain} from "./ready-chain.ts";
import {timeFailure} from "./time-failure.ts";
import {upgradeChain} from "./upgrade-chain.ts";

/** The next free nonce, as clients write it. */
const NEXT = -1;
/** Timers and sockets of the same process: a test's time-out, clients at the chain's URL. */
const othersTurn = () => new Promise<void>(resolve => setImmediate(resolve));
/** Milliseconds that a block with a transaction may take. */
const PATIENCE = 30_000;
/** Blocks after which a session is not waited for any more, as `dev_nextSession` has it. */
const LONGEST_SESSION = 20_000;

/** A chain on nodes of this process, with ports for clients. */
export class ServedChain implements TestChain {
  readonly url: string;
  readonly urls: readonly string[];
  readonly #ready: ReadyTestChain;
  readonly #seal: NonNullable<ChainOptions["seal"]>;
  readonly #nodes: readonly RunningNode[];
  readonly #outcomes: ChainOutcomes;
  readonly #waiting = new Set<Waiting<ChainInclusion>>();
  readonly #clients = new Map<object, number>();
  readonly #turns = new OneAtATime();
  /** The block that the chain began with. */
  readonly #first: Uint8Array;
  #failure: Report | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    ready: ReadyTestChain,
    seal: NonNullable<ChainOptions["seal"]>,
    nodes: readonly RunningNode[],
    level: TraceLevel,
  ) {
    this.#outcomes = new ChainOutcomes(() => this.#node, ready, level);
    this.#ready = ready;
    this.#seal = seal;
    this.#nodes = nodes;
    this.urls = nodes.map(({rpc}) => `ws://127.0.0.1:${rpc.port}`);
    this.url = this.urls[0]!;
    this.#first = nodes[0]!.chain.best().hash;
  }

  /** Why a node cannot go on: everything asked for from now on fails for it. */
  fail(report: Report): void {
    this.#failure ??= report;
  }

  at(block: number | "best" | "finalized" = "best"): BlockView {
    checkBlock(block);
    const {chain} = this.#node;
    if (block === "best") return this.#outcomes.view(chain.best());
    if (block === "finalized") return this.#outcomes.view(chain.finalized());
    const hash = chain.hashOf(block);
    if (hash === undefined) throw new Error(`there is no block ${block}`);
    return this.#outcomes.view({hash, number: block});
  }

  addressOf(account: AccountName): string {
    const {accounts} = this.#ready;
    return accounts.addressOf(accounts.publicKey(account));
  }

  async submit(
    signer: AccountName,
    call: TestCall,
    options: ChainSubmitOptions = {},
  ): Promise<ChainInclusion> {
    checkSubmit(signer, call, options);
    const {tip = 0n, nonce = NEXT, limit = PATIENCE} = options;
    // The next free nonce is known once the pool has the transaction before.
    const done = await this.#turns.take();
    try {
      return await this.#submit(signer, call, {tip, nonce, limit}, done);
    } finally {
      done();
    }
  }

  async #submit(
    signer: AccountName,
    call: TestCall,
    {tip, nonce, limit}: Required<ChainSubmitOptions>,
    isInPool: () => void,
  ): Promise<ChainInclusion> {
    const {chain, pool, crypto} = this.#node;
    const {accounts} = this.#ready;
    const {runtime, description} = this.#outcomes.runtimeOver(chain.head.state);
    const ground = {
      description,
      version: runtime.version,
      genesisHash: chain.genesisHash,
      accounts,
      crypto,
    };
    const bytes = signTestCall(ground, signer, call, {
      tip,
      nonce: nonce === NEXT ? this.#nextNonce(signer) : nonce,
    });
    const found = awaitInclusion(bytes, {
      chain,
      limit,
      what: call.call,
      found: (block, index) => this.#outcomes.included(block, index, call.call),
      lost: () => this.#outcomes.untaken(bytes),
    });
    this.#waiting.add(found);
    try {
      const taken = await pool.submit("External", bytes, found.heard);
      if (!taken.ok) {
        found.stop();
        throw refused(signer, call, taken.error);
      }
      isInPool();
      if (this.#seal === "manual") await this.#makeBlocks(1);
      return await found.inclusion;
    } finally {
      this.#waiting.delete(found);
    }
  }

  async dispatch(origin: TestOrigin, call: TestCall): Promise<DispatchedCall> {
    checkCall("dispatch", call);
    const {accounts} = this.#ready;
    const {description} = this.#outcomes.runtimeOver(this.#node.chain.head.state);
    const encoded = new CallEncoder(description, accounts).encode(call);
    const request = {origin: namedOrigin(origin, accounts), call: encoded};
    const done = await this.#time.dispatch(request);
    if (!done.ok) throw timeFailure(call.call, done.error);
    const reader = new EventReader(description, accounts);
    const events = done.value.events.map(event => reader.read(event));
    return this.#outcomes.dispatched({...done.value, events}, call.call);
  }

  async mine(blocks = 1): Promise<BlockView> {
    if (!Number.isSafeInteger(blocks) || blocks < 1) {
      throw new Error(`mine: ${blocks} is no number of blocks`);
    }
    await this.#makeBlocks(blocks);
    return this.at();
  }

  async #makeBlocks(blocks: number): Promise<void> {
    for (let i = 0; i < blocks; i++) {
      const made = await this.#time.makeBlock();
      if (!made.ok) throw timeFailure("mine", made.error);
      await othersTurn();
    }
  }

  async nextSession(): Promise<BlockView> {
    const current = () => this.#node.session.current().index;
    const session = current();
    if (session === undefined) throw new Error("this chain does not publish any sessions");
    for (let i = 0; i < LONGEST_SESSION; i++) {
      const made = await this.#time.makeBlock();
      if (!made.ok) throw timeFailure("nextSession", made.error);
      if (current() !== session) return this.at();
      await othersTurn();
    }
    throw new Error(`after ${LONGEST_SESSION} blocks it is session ${session} still`);
  }

  async advance(milliseconds: number): Promise<BlockView> {
    const {time} = this.#node;
    checkAdvance(milliseconds, time.now());
    const moved = this.#time.travelTo(millis(time.now() + milliseconds));
    if (!moved.ok) throw timeFailure("advance", moved.error);
    return this.mine();
  }

  async upgrade(code: Uint8Array | string): Promise<ChainUpgrade> {
    const read = typeof code === "string" ? readFile(code) : ok(code);
    if (!read.ok) throw new Error(`upgrade: ${read.error}`);
    return upgradeChain(this.#node, read.value, this.#ready.share);
  }

  async set(
    values: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<BlockView> {
    const named = this.#time.namedValues(namedValues(values, this.#ready.accounts));
    if (!named.ok) throw timeFailure("set", named.error);
    const made = await this.#time.overrideState(named.value);
    if (!made.ok) throw timeFailure("set", made.error);
    return this.at();
  }

  async reset(): Promise<void> {
    if (this.#nodes.length > 1) {
      throw new Error("reset is for a chain of one node: several would not agree on going back");
    }
    const {pool} = this.#node;
    // What waits would go into the first block of whoever comes next.
    pool.clear();
    const moved = await this.#time.setHead(this.#first);
    if (!moved.ok) throw timeFailure("reset", moved.error);
    this.#outcomes.forget();
  }

  snapshot(name: string): BlockView {
    const taken = this.#time.snapshot(name);
    if (!taken.ok) throw timeFailure("snapshot", taken.error);
    return this.at();
  }

  async restore(name: string): Promise<BlockView> {
    if (this.#nodes.length > 1) {
      throw new Error("restore is for a chain of one node: several would not agree on going back");
    }
    this.#node.pool.clear();
    const moved = await this.#time.restore(name);
    if (!moved.ok) throw timeFailure("restore", moved.error);
    this.#outcomes.forget();
    return this.at();
  }

  traces(level?: TraceLevel): string {
    checkLevel(level);
    const first = this.#node.chain.header(this.#first)!;
    return this.#outcomes.traces(first.number, level);
  }

  openWatchers(): readonly OpenWatcher[] {
    return this.#nodes.flatMap(({rpc}) =>
      rpc.clients().flatMap(({id, watching}): OpenWatcher[] => {
        const client = this.#clients.get(id) ?? this.#clients.size + 1;
        this.#clients.set(id, client);
        return watching.length === 0
          ? [{client, subscription: undefined}]
          : watching.map(subscription => ({client, subscription}));
      }),
    );
  }

  stop(): Promise<void> {
    for (const waiting of this.#waiting) waiting.end("the chain was stopped");
    this.#stopping ??= Promise.all(this.#nodes.map(node => node.stop())).then(() => undefined);
    return this.#stopping;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  get #node(): RunningNode {
    if (this.#failure !== undefined) throw new Error(formatReport(this.#failure));
    if (this.#stopping !== undefined) throw new Error("the chain was stopped");
    return this.#nodes[0]!;
  }

  get #time(): NonNullable<RunningNode["timeTools"]> {
    const {timeTools} = this.#node;
    if (timeTools === undefined) throw new Error("no blocks are made of this chain here");
    return timeTools;
  }

  #nextNonce(signer: AccountName): number {
    const {publicKey} = this.#ready.accounts.known(signer);
    const ready = [...this.#node.pool.best()].map(({provides}) => ({
      provides: provides.map(binaryToBytes),
    }));
    return nextNonce(publicKey, this.at().balanceOf(signer).nonce, ready);
  }
}
