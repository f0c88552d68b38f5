/** What the kit shows of a chain behind a URL: plain types, as in `api.ts`. */
import type {
  AccountName,
  ErrorName,
  EventName,
  TestBlock,
  TestCall,
  TestEvent,
  TestWeight,
} from "./api.ts";

export interface ChainOptions {
  /**
   * The chain spec of another chain: its path, or its text. Its own runtime runs, rehearsed with development accounts where it is
   * not made for them. This program's own development chain if not said.
   */
  readonly chain?: string;
  /**
   * When blocks are made: as soon as a transaction waits (`instant`, if not said, of one node), when told by `mine` (`manual`), or
   * by the clock (`slots`, and nothing else where there are several nodes).
   */
  readonly seal?: "instant" | "manual" | "slots";
  /** Collators, each with its own URL, which make blocks in turn; 1 if not said. */
  readonly nodes?: number;
  /** Accounts that are endowed with 1,000,000 whole units, beside the well-known ones. */
  readonly accounts?: readonly AccountName[];
  /** Of the first node; any that is free if not said. */
  readonly port?: number;
  /** Of this program's own chain, by the names of `--param`: `{session: 10, bond: "16PHA"}`. */
  readonly parameters?: Readonly<Record<string, string | number | bigint>>;
  /** Of another chain: state by the names of its pallets, as `dev_setStorage` takes it. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Of another chain: the runtime to run in place of its own, as a module or as `:code` has it. */
  readonly code?: Uint8Array;
  /** How much a failing expectation or test tells of transactions; what the variable `KHALA_TRACE` says if not said, or nothing. */
  readonly trace?: TraceLevel;
}

/** Who a call is made by: `root`, an account that need not sign, or any origin of the runtime's. */
export type TestOrigin =
  | "root"
  | {readonly signed: AccountName}
  | Readonly<Record<string, unknown>>;

/** How much is told of a transaction: 1 its error or panic, 2 events and logs, 3 calls, weight and what it wrote, 4 all that it read. */
export type TraceLevel = 0 | 1 | 2 | 3 | 4;

/** A call, and those that it carries within it. */
export interface TracedCall {
  readonly call: string;
  /** `#1` stands where the first call within it stood. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly calls: readonly TracedCall[];
}

export interface TracedAccess {
  /** `has`: whether there is something. `next`: which key comes after this one. `clear`: all that begins so. */
  readonly kind: "read" | "has" | "write" | "append" | "next" | "clear";
  /** `System.Account(alice)`; what nobody describes in hex. */
  readonly item: string;
  readonly value: unknown;
}

/** What a transaction did when its block was executed once more up to it. */
export interface TransactionReplay {
  /** Undefined of what no block took, and was tried on top of the best one. */
  readonly block: number | undefined;
  /** Place in the block; undefined of a call that the block began with. */
  readonly index: number | undefined;
  readonly call: TracedCall | undefined;
  readonly signer: string | undefined;
  readonly error: string | undefined;
  /** What the error's pallet says of it. */
  readonly docs: string;
  /** Over what the runtime gave up, with file and line where it was built so. */
  readonly panic: string | undefined;
  readonly events: readonly TestEvent[];
  /** What the runtime logged, where it is one that logs. */
  readonly logs: readonly string[];
  readonly weight: TestWeight | undefined;
  /** Bytes by which what it read makes the proof of its block grow. */
  readonly proofSize: number;
  /** What the state has otherwise since. */
  readonly changes: readonly {
    readonly item: string;
    readonly was: unknown;
    readonly is: unknown;
  }[];
  /** Each access to the state in its order, also of what was taken back. */
  readonly accesses: readonly TracedAccess[];
}

/** What something came to, and what can be asked of it. An expectation that fails says what it did, as `KHALA_TRACE` asks. */
export interface Outcome {
  readonly block: number;
  readonly events: readonly TestEvent[];
  /** `CollatorSelection.TooManyCandidates`; undefined when the call succeeded. */
  readonly error: string | undefined;
  /** What it cost the block, as its events tell; undefined where they do not. */
  readonly weight: TestWeight | undefined;
  /**
   * Bytes by which what it read makes the proof of its block grow; undefined on chains whose blocks nobody judges by their proofs.
   * Found by executing the block once more.
   */
  readonly proofSize: number | undefined;
  /** What it did, by executing its block once more up to it. */
  replay(): TransactionReplay;
  /** The same as text; 4 if not said. */
  trace(level?: TraceLevel): string;
  /** Fails where the call did. */
  expectSuccess(): void;
  /** Fails where the call did not fail, or of something else. */
  expectError(name: ErrorName): void;
  /** The first event of that name with these fields, of which a part will do; fails where there is none. */
  expectEvent(name: EventName, fields?: Readonly<Record<string, unknown>>): TestEvent;
}

/** What became of a transaction. */
export interface ChainInclusion extends Outcome {
  /** Place in the block. */
  readonly index: number;
}

/** What became of a call with an origin that nobody signed for. */
export interface DispatchedCall extends Outcome {
  /** The way that the runtime itself accepts, by which it went. */
  readonly how: "signed" | "sudo" | "sudo-as" | "scheduled" | "relay-message";
}

export interface ChainSubmitOptions {
  readonly tip?: bigint;
  /** The next free one if not said. */
  readonly nonce?: number;
  /** Milliseconds to wait for a block with it; 30,000 if not said. */
  readonly limit?: number;
}

/** What an upgrade came to. */
export interface ChainUpgrade {
  /** `statemine 900` */
  readonly from: string;
  readonly to: string;
  /** Its blocks, and what was done in each. */
  readonly blocks: readonly {
    readonly number: number;
    readonly what: string;
    readonly weight: TestWeight | undefined;
    /** Bytes of its proof. */
    readonly proofSize: number | undefined;
  }[];
  /** Items of which the blocks of the new runtime changed entries, and how many. */
  readonly changed: readonly {
    readonly item: string;
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  }[];
  /** Items of the runtime before of which there are entries, and which the new one does not have. */
  readonly leftBehind: readonly string[];
}

/** A running chain, and where clients find it. */
export interface TestChain extends AsyncDisposable {
  /** `ws://127.0.0.1:PORT`; the same port answers HTTP. */
  readonly url: string;
  /** Of each node. */
  readonly urls: readonly string[];
  /** The best block of the first node, the last final one, or one of its best chain. */
  at(block?: number | "best" | "finalized"): TestBlock;
  /** The address of an account as this chain writes it. */
  addressOf(account: AccountName): string;
  /** Signs, hands in and waits for its block, which is made for it unless blocks are made by slots. Fails when it is refused. */
  submit(
    signer: AccountName,
    call: TestCall,
    options?: ChainSubmitOptions,
  ): Promise<ChainInclusion>;
  /** Carries out a call with any origin, without anybody's signature. */
  dispatch(origin: TestOrigin, call: TestCall): Promise<DispatchedCall>;
  /** Makes so many blocks, each with what waits; 1 if not said. */
  mine(blocks?: number): Promise<TestBlock>;
  /** Makes blocks until the session is another one. */
  nextSession(): Promise<TestBlock>;
  /** Moves the chain's time ahead by so many milliseconds, and makes a block then. */
  advance(milliseconds: number): Promise<TestBlock>;
  /**
   * Puts other code in the place of the chain's, by the calls by which its runtime takes it, and goes on until its migrations are
   * over. `code`: a module, as `:code` has it, or the path of a file with that. Fails where a block cannot be made, is too heavy, or
   * something of the state does not read any more.
   */
  upgrade(code: Uint8Array | string): Promise<ChainUpgrade>;
  /** A block after which the state has these values: `{System: {Account: [[["alice"], {…}]]}}` as `dev_setStorage` takes it. */
  set(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<TestBlock>;
  /**
   * Goes back to the block that the chain began with, and forgets the transactions that wait. Clients stay connected, and see the
   * chain reorganised; its time goes on.
   */
  reset(): Promise<void>;
  /**
   * Names the best block, to come back to: what took long to set up is done once. Costs nothing, and stays over `reset`. A name that is
   * taken goes over to this block.
   */
  snapshot(name: string): TestBlock;
  /** Goes to the block of that name, and forgets the transactions that wait; clients see the chain reorganised, as with `reset`. */
  restore(name: string): Promise<TestBlock>;
  /**
   * What transactions did since the chain began or was reset, whoever sent them, as text: those that failed, and from level 2 on all.
   * The last thirty at most. The level is that of the options, or of `KHALA_TRACE`, if not said.
   */
  traces(level?: TraceLevel): string;
  /** What clients have open now. */
  openWatchers(): readonly OpenWatcher[];
  /** Ends all nodes, and whatever clients have open. */
  stop(): Promise<void>;
}

/** Something that a client listens to. */
export interface OpenWatcher {
  /** Which of the node's clients by WebSocket, in the order in which they came. */
  readonly client: number;
  /** The method that it subscribed by; undefined: it is connected, and listens to nothing. */
  readonly subscription: string | undefined;
}

/** Chains by path, each made when somebody first asks for it. */
export interface ChainServer extends AsyncDisposable {
  /** `ws://127.0.0.1:PORT`: put a path of one word behind it, such as `/1`. */
  readonly url: string;
  /** Paths that somebody has asked for. */
  readonly paths: readonly string[];
  /** The chain of a path, of those made so far. */
  chain(path: string): TestChain | undefined;
  stop(): Promise<void>;
}

export interface ChainServerOptions extends Omit<ChainOptions, "port" | "nodes"> {
  readonly port?: number;
  /** Chains at most; 64 if not said. */
  readonly most?: number;
}

export interface CostsOptions {
  /** Per cent by which a number may be off from what the file has; 0 if not said. */
  readonly tolerance?: number;
}

/** What transactions cost, held to a file that is committed. */
export interface Costs {
  readonly file: string;
  /**
   * Fails, with a table, where the file has other costs for what is named so. What it does not have yet is written into it, and with
   * `KHALA_UPDATE_COSTS=1` all of it; where `CI` is set, what is missing fails.
   */
  expect(outcomes: Readonly<Record<string, Outcome>>): void;
}

/** What the module holds of this. */
export interface ChainModule {
  /** Starts a chain in this process; resolves when clients can connect. */
  startChain(options?: ChainOptions): Promise<TestChain>;
  /** One port, and behind each path a chain of its own, made when somebody first asks for it. */
  startChainServer(options?: ChainServerOptions): Promise<ChainServer>;
  /** Costs in the file `__costs__/NAME.json` beside a test, of which `import.meta.url` is given. */
  costsOf(test: string | URL, options?: CostsOptions): Costs;
}
