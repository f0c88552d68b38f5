/** All that the kit shows: plain types, so that nothing of the node's inside becomes a promise. */

export type Hex = `0x${string}`;

/**
 * How a test names an account: a node's name (`alice`, `collator-3`), a secret URI (`//Zoe`), an address, or a public
 * key in hex. Only the first two can sign.
 */
export type AccountName = string;

/** Nodes by name, or so many of them: then `collator-1`, `collator-2` and so on, with accounts `//Collator//1` …. */
export type NodeNames = number | readonly string[];

/** Milliseconds; each message takes a whole number between the two. */
export interface Delay {
  readonly min: number;
  readonly max: number;
}

/**
 * Names of one chain's calls, events, errors, items of the state, constants and runtime APIs. Empty, and any name is taken; `khala types` prints a file
 * that fills it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: a project's own declaration adds to it, which no type alias bears.
export interface KnownChain {}

type KnownName<Member extends string> =
  KnownChain extends Readonly<Record<Member, infer Names extends string>> ? Names : string;
/** `Balances.transfer_keep_alive` */
export type CallName = KnownName<"calls">;
/** `Balances.Transfer` */
export type EventName = KnownName<"events">;
/** `System.Account` */
export type StorageName = KnownName<"storage">;
/** `Balances.ExistentialDeposit` */
export type ConstantName = KnownName<"constants">;
/** `Balances.InsufficientBalance`, `Token.FundsUnavailable`, `BadOrigin` */
export type ErrorName = KnownName<"errors">;
/** `AuraApi.authorities`, or as the runtime exports it, `AuraApi_authorities`. */
export type ApiName = AsExported<KnownName<"apis">>;
type AsExported<Name extends string> =
  | Name
  | (Name extends `${infer Api}.${infer Method}` ? `${Api}_${Method}` : never);
/** Of events: `Balances`. */
export type PalletName = EventName extends `${infer Pallet}.${string}` ? Pallet : string;

export interface NetworkOptions {
  /** Collators that are appointed, never kicked, and vote on finality; four if not said. The first is sudo. */
  readonly invulnerables?: NodeNames;
  /** Collators that have registered as candidates when `startNetwork` resolves. */
  readonly candidates?: NodeNames;
  /** Nodes with an endowed account and session keys that is neither: they may register during the test. */
  readonly observers?: NodeNames;
  /** Further accounts that are endowed with 1,000,000 PHA. */
  readonly endowed?: readonly AccountName[];
  /**
   * Parameters of the chain by the names of chain specs or of `--param`: `{session: 10, slot: "200ms", bond: "16PHA"}`.
   * What is not given is scaled to the set.
   */
  readonly parameters?: Readonly<Record<string, string | number | bigint>>;
  /**
   * The text of another chain's spec, which is rehearsed: its own runtime, with these invulnerables as collators. Candidates set
   * keys and register during the test; parameters are the runtime's.
   */
  readonly chain?: string;
  /** Of a rehearsed chain: state by the names of its pallets, as `dev_setStorage` takes it. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Of a rehearsed chain: what its runtime is told of the size of proofs; `unrecorded` if not said. */
  readonly proofSize?: "unrecorded" | "recorded";
  /** All that is random comes from it: the same seed and the same steps make the same blocks. */
  readonly seed?: number;
  /** Of every message between nodes; 1 to 20 ms if not said. */
  readonly delay?: Delay;
  /** Who knows whom: all (each then picks some), or each only its neighbours in a line. */
  readonly topology?: "mesh" | "line";
}

/** A call by name: `call("Balances.transfer_keep_alive", {dest: "bob", value: 5n})`. */
export interface TestCall {
  /** Pallet and call as the runtime names them; the call's name may be camelCase as well. */
  readonly call: string;
  /** By the runtime's names in camelCase. Accounts by any name the kit knows, calls as `call` makes them. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** Something that the runtime told of: accounts by name, other bytes in hex. */
export interface TestEvent {
  /** `CollatorSelection.CandidateRemoved` */
  readonly name: string;
  readonly fields: unknown;
  /** The extrinsic in which it happened; undefined in what a block does by itself. */
  readonly extrinsic: number | undefined;
}

/** What an account has. */
export interface Balance {
  readonly free: bigint;
  readonly reserved: bigint;
  readonly nonce: number;
}

export interface EntriesOptions {
  readonly keys?: readonly unknown[];
  readonly limit?: number;
}

export interface StorageEntry {
  /** Undefined for each that its hasher leaves nothing of. */
  readonly keys: readonly unknown[];
  readonly value: unknown;
}

/** The chain as of one block. Accounts come named. */
export interface TestBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly parent: TestBlock;
  /** Undefined for genesis, as is `author`: whose turn the block's slot was. */
  readonly slot: number | undefined;
  readonly author: string | undefined;
  /** Index of the session. */
  readonly session: number;
  /** The authors, in the order of their turns. */
  validators(): string[];
  /** The authors of the session that comes next. */
  queued(): string[];
  invulnerables(): string[];
  /** In the order of their registration; where a chain sorts them by their bond, in that. */
  candidates(): string[];
  /** The bond of a candidate; undefined for anybody else. */
  bondOf(account: AccountName): bigint | undefined;
  balanceOf(account: AccountName): Balance;
  /** What is in circulation: by the runtime's book, and by adding up what all accounts hold. */
  issuance(): {readonly total: bigint; readonly held: bigint};
  /** What happened in it: all, or what one pallet (`Session`) or one event (`Session.NewSession`) is about. */
  events(of?: EventName | PalletName): TestEvent[];
  /**
   * What any item of the state holds: `storage("System.Account", "alice")`, with as many keys as it has. Accounts in it come named,
   * other bytes in hex. Undefined where nothing is stored, and nothing stands for that.
   */
  storage(item: StorageName, ...keys: readonly unknown[]): unknown;
  /** Entries of a map, or those under its first keys, in the order of their storage keys; 1,000 at most unless said. */
  entries(item: StorageName, options?: EntriesOptions): readonly StorageEntry[];
  /** What the runtime was built with: `constant("Balances.ExistentialDeposit")`. */
  constant(name: ConstantName): unknown;
  /**
   * Asks the runtime on this block's state: `call("AccountNonceApi.account_nonce", "alice")`. By the APIs that its metadata describes;
   * where it describes none (14 and older), by those whose types never changed. What it would write is dropped.
   */
  call(name: ApiName, ...args: readonly unknown[]): unknown;
  /** Candidates that this block, the first of a session, took off the list for their silence. */
  kicks(): string[];
}

export interface ClockSkew {
  /** Milliseconds. */
  readonly offset: number;
  /** Parts per million by which it runs fast; a cheap crystal is off by 50. */
  readonly drift?: number;
}

export type LogLevel = "info" | "warn" | "error";

export interface LogLine {
  /** Virtual milliseconds since the start of the network. */
  readonly at: number;
  readonly level: string;
  readonly target: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One node. What it keeps (chain, keys, what it signed) outlives its being killed. */
export interface TestNode {
  readonly name: string;
  /** The account whose session keys it holds. */
  readonly account: string;
  readonly isRunning: boolean;
  readonly best: number;
  readonly finalized: number;
  /** Blocks above what is final. */
  readonly finalityLag: number;
  readonly peers: number;
  readonly isSyncing: boolean;
  /** Why finality does not move, as `system_health` says it; undefined while it does. */
  readonly stall: string | undefined;
  /** What broke the node, if anything did: always a bug. */
  readonly failure: string | undefined;
  /** Its best or its last final block, or the one of its best chain at a height. */
  at(block?: number | "best" | "finalized"): TestBlock;
  hashAt(number: number): Hex | undefined;
  /** Heights at which its best chain has a block of its own account, or of another one. */
  authored(by?: AccountName): number[];
  /** Accounts that sealed two blocks for one slot and keys that voted twice, as far as it has proofs. */
  equivocations(): {readonly blocks: readonly string[]; readonly votes: readonly Hex[]};
  /** What it said: `warn` and worse, or from another level on. */
  logs(least?: LogLevel): readonly LogLine[];

  /** Lets its slots pass from now on; it goes on to import, to vote and to answer. `speak` ends that. */
  silence(): void;
  speak(): void;
  /** Cuts it off from all others; `drop` breaks connections at once, `black-hole` lets them go silent. What was said last is how all borders are broken. */
  cutOff(how?: "drop" | "black-hole"): void;
  reconnect(): void;
  /** Ends it without a goodbye. `silent`: others notice only when it does not answer for a minute. */
  kill(how?: "loud" | "silent"): Promise<void>;
  /** Starts it again with what it kept. */
  restart(): Promise<void>;
  /** Puts its clock wrong; 0 puts it right. */
  skewClock(skew: number | ClockSkew): void;
  /** A second node with the same session keys, which knows nothing of what the first signed. */
  twin(): Promise<TestNode>;
}

/** What became of a transaction. */
export interface Inclusion {
  readonly block: number;
  /** Place in the block. */
  readonly index: number;
  readonly events: readonly TestEvent[];
  /** `CollatorSelection.TooManyCandidates`; undefined when the call succeeded. */
  readonly error: string | undefined;
  /** What it cost the block, as its events tell; undefined where they do not. */
  readonly weight: TestWeight | undefined;
}

/** What something costs a block, as the runtime counts it. */
export interface TestWeight {
  /** Picoseconds on the machine that weights were measured on. */
  readonly refTime: bigint;
  /** Bytes of proof; undefined of runtimes that do not count them. */
  readonly proofSize: bigint | undefined;
}

/** A transaction that was handed in. */
export interface SentTransaction {
  readonly hash: Hex;
  readonly nonce: number;
  /** Where it is on the best chain of a node; undefined as long as it is not. */
  inclusion(node?: TestNode): Inclusion | undefined;
}

export interface SendOptions {
  /** The node it is handed to: the signer's own if it has one that runs, else the first that runs. */
  readonly to?: TestNode;
  readonly tip?: bigint;
  /** The next free one if not said. */
  readonly nonce?: number;
}

export interface SubmitOptions extends SendOptions {
  readonly until?: "included" | "finalized";
  /** Virtual milliseconds to wait; a hundred slots if not said. */
  readonly limit?: number;
}

export interface TestNetwork extends AsyncDisposable {
  readonly seed: number;
  /** Milliseconds. */
  readonly slotDuration: number;
  /** Blocks. */
  readonly sessionLength: number;
  /** Virtual milliseconds since the start. */
  readonly elapsed: number;
  readonly nodes: readonly TestNode[];
  node(name: string): TestNode;
  /**
   * A further node with an account of that name, which the chain need not know. It catches up block by block, or as `sync` says it:
   * by the proof of a final block and its state, and older blocks after or (`fast`) before all else.
   */
  addNode(name: string, options?: {readonly sync?: "full" | "warp" | "fast"}): Promise<TestNode>;
  /** The best block of the first node that runs, or one of its best chain. */
  at(block?: number | "best" | "finalized"): TestBlock;
  /** Session keys of an account, as `Session.set_keys` takes them. */
  sessionKeysOf(account: AccountName): {readonly aura: Hex; readonly grandpa: Hex};

  /** Lets time pass: milliseconds, or until all nodes that run have so many blocks more. */
  advance(by: number | {readonly ms: number} | {readonly blocks: number}): Promise<void>;
  /** Until the best block of every node that runs is at that height; fails after ten times the slots it should take. */
  advanceTo(block: number): Promise<void>;
  /** Until it holds; fails when it does not within so many virtual milliseconds (ten minutes if not said). */
  advanceUntil(what: string, holds: () => boolean, limit?: number): Promise<void>;

  /** Signs and hands in; no time passes. Fails when the pool refuses. */
  send(signer: AccountName, call: TestCall, options?: SendOptions): Promise<SentTransaction>;
  /** Signs, hands in, and lets time pass until it is in a block: at the node that got it, and at the first one unless `to` is said. */
  submit(signer: AccountName, call: TestCall, options?: SubmitOptions): Promise<Inclusion>;

  /** Only nodes of the same group reach each other; those not named form one more. Replaces an earlier partition. */
  partition(groups: readonly (readonly string[])[], how?: "drop" | "black-hole"): void;
  /** Ends partitions and reconnects all who were cut off. */
  heal(): void;
  setDelay(delay: Delay, between?: readonly [string, string]): void;
  /** The share of messages (blocks told of, votes, transactions) that vanish, 0 to 1. */
  setLoss(share: number, between?: readonly [string, string]): void;

  /** Fails when two nodes hold different blocks final, when a node broke, or when funds came from nowhere. */
  assertSound(): void;
  /** Ends all nodes. */
  stop(): Promise<void>;
}

/** What the module holds besides types. */
export interface TestingModule {
  /** Starts the nodes; resolves when each has peers and all candidates have registered. */
  startNetwork(options?: NetworkOptions): Promise<TestNetwork>;
  /** A call by name, as `send` and `submit` take it. */
  call(name: CallName, args?: Readonly<Record<string, unknown>>): TestCall;
  /** The same, by root: what the sudo key signs. */
  sudo(inner: TestCall): TestCall;
}
