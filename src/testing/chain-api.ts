/** What the kit shows of a chain behind a URL: plain types, as in `api.ts`. */
import type {AccountName, Inclusion, TestBlock, TestCall} from "./api.ts";

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
}

/** Who a call is made by: `root`, an account that need not sign, or any origin of the runtime's. */
export type TestOrigin =
  | "root"
  | {readonly signed: AccountName}
  | Readonly<Record<string, unknown>>;

/** What became of a call with an origin that nobody signed for. */
export interface DispatchedCall {
  readonly block: number;
  /** The way that the runtime itself accepts, by which it went. */
  readonly how: "signed" | "sudo" | "sudo-as" | "scheduled" | "relay-message";
  /** `CollatorSelection.TooManyCandidates`; undefined when the call succeeded. */
  readonly error: string | undefined;
  /** Names of the events that it made. */
  readonly events: readonly string[];
}

export interface ChainSubmitOptions {
  readonly tip?: bigint;
  /** The next free one if not said. */
  readonly nonce?: number;
  /** Milliseconds to wait for a block with it; 30,000 if not said. */
  readonly limit?: number;
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
  submit(signer: AccountName, call: TestCall, options?: ChainSubmitOptions): Promise<Inclusion>;
  /** Carries out a call with any origin, without anybody's signature. */
  dispatch(origin: TestOrigin, call: TestCall): Promise<DispatchedCall>;
  /** Makes so many blocks, each with what waits; 1 if not said. */
  mine(blocks?: number): Promise<TestBlock>;
  /** Makes blocks until the session is another one. */
  nextSession(): Promise<TestBlock>;
  /** Moves the chain's time ahead by so many milliseconds, and makes a block then. */
  advance(milliseconds: number): Promise<TestBlock>;
  /** A block after which the state has these values: `{System: {Account: [[["alice"], {…}]]}}` as `dev_setStorage` takes it. */
  set(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<TestBlock>;
  /**
   * Goes back to the block that the chain began with, and forgets the transactions that wait. Clients stay connected, and see the
   * chain reorganised; its time goes on.
   */
  reset(): Promise<void>;
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

/** What the module holds of this. */
export interface ChainModule {
  /** Starts a chain in this process; resolves when clients can connect. */
  startChain(options?: ChainOptions): Promise<TestChain>;
  /** One port, and behind each path a chain of its own, made when somebody first asks for it. */
  startChainServer(options?: ChainServerOptions): Promise<ChainServer>;
}
