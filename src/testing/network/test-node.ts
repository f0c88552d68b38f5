import {bytesToHex, millis, unwrap} from "#base";
import {assembleCore, type NodeCore, type SyncMode} from "#core";
import {
  createMemoryKeystore,
  createMemorySigningGuard,
  type Keystore,
  type SigningGuard,
} from "#keystore";
import {createMemoryPeerStore, type PeerStore} from "#network";
import {type ChainStore, createReopenableChain, genesisHashOf} from "#store";
import type {TestAccount} from "../accounts/account-book.ts";
import type {ClockSkew, Hex, LogLevel, LogLine, TestNode} from "../api.ts";
import {BlockView} from "../chain/block-view.ts";
import {SkewedClock} from "../time/skewed-clock.ts";
import {LogBook} from "./log-book.ts";
import {peerIdOf} from "./peer-id.ts";
import type {Shared} from "./shared.ts";

/** Virtual milliseconds that a node may take to start or to stop. */
const PATIENCE = 60_000;

/** What a node cannot do by itself. */
export interface NodeSurroundings {
  cutOff(name: string, how: "drop" | "black-hole"): void;
  reconnect(name: string): void;
  twinOf(node: MemoryNode): Promise<TestNode>;
}

export interface NodeSetup {
  readonly name: string;
  readonly account: TestAccount;
  /** Addresses of nodes that it may get to know. */
  readonly bootnodes: readonly string[];
  /** Nodes that it talks to and to no other, where given. */
  readonly only?: readonly string[];
  /** How it catches up; `full` if not said. */
  readonly sync?: SyncMode;
}

/** One node of a test network. What it keeps (chain, keys, what it signed) outlives its being killed. */
export class MemoryNode implements TestNode {
  readonly name: string;
  readonly account: string;
  /** Virtual milliseconds for which its machine is busy with each block of others. */
  importTime = 0;
  readonly #setup: NodeSetup;
  readonly #shared: Shared;
  readonly #surroundings: NodeSurroundings;
  readonly #clock: SkewedClock;
  readonly #logs = new LogBook();
  readonly #keystore: Keystore;
  readonly #guard: SigningGuard;
  readonly #peers: PeerStore;
  #disk: {open(): ChainStore} | undefined;
  #core: NodeCore | undefined;
  #isSilent = false;
  #failure: string | undefined;

  constructor(setup: NodeSetup, shared: Shared, surroundings: NodeSurroundings) {
    this.name = setup.name;
    this.account = setup.account.name;
    this.#surroundings = surroundings;
    this.#setup = setup;
    this.#shared = shared;
    this.#clock = new SkewedClock(shared.time.clock);
    this.#guard = createMemorySigningGuard();
    this.#peers = createMemoryPeerStore();
    const {crypto, random} = shared;
    this.#keystore = createMemoryKeystore({
      keyPairs: crypto.keyPairs,
      randomBytes: length => Uint8Array.from({length}, () => Math.floor(random() * 256)),
    });
    const {uri, keys} = setup.account;
    unwrap(this.#keystore.insert("aura", uri, keys.aura));
    unwrap(this.#keystore.insert("gran", uri, keys.grandpa));
  }

  get setup(): NodeSetup {
    return this.#setup;
  }

  /** The Aura key of an account. */
  keyOf(account: string): Hex {
    return bytesToHex(this.#shared.accounts.known(account).keys.aura);
  }

  get isRunning(): boolean {
    return this.#core !== undefined;
  }

  /** Starts it; after `kill`, with what it kept. */
  async restart(): Promise<void> {
    if (this.#core !== undefined) return;
    const {genesis, crypto, time} = this.#shared;
    this.#disk ??= await createReopenableChain(genesis, bytes => crypto.hashing.blockHash(bytes));
    this.#core = this.#assemble(this.#disk.open());
    unwrap(await time.during(this.#core.start(), PATIENCE));
  }

  #assemble(store: ChainStore): NodeCore {
    const {hub, random, crypto, signatures, genesis, protocolId} = this.#shared;
    const {bootnodes, only, sync} = this.#setup;
    const core = assembleCore(
      {
        collator: true,
        forceAuthoring: false,
        seal: {kind: "slots"},
        isSilenced: () => this.#isSilent,
        pool: {},
        ...(sync === undefined ? {} : {sync}),
        ...this.#shared.settings,
        network: {
          transport: hub.transport(peerIdOf(this.name)),
          peerStore: this.#peers,
          chain: {genesisHash: genesisHashOf(genesis), protocolId},
          slots: {},
          bootnodes,
          reserved: only ?? [],
          reservedOnly: only !== undefined,
          allowPrivateAddresses: true,
        },
      },
      {
        runtimes: this.#shared.runtimes,
        inherents: this.#shared.inherents,
        store,
        keystore: this.#keystore,
        guard: this.#guard,
        crypto,
        signatures,
        clock: this.#shared.time.clock,
        wallClock: this.#clock,
        logger: this.#logs.logger(() => this.#shared.time.elapsed),
        random,
        yieldThread: () => this.#yieldThread(),
        onFatal: ({code, what}) => {
          this.#failure ??= `${code}: ${what}`;
        },
      },
    );
    return unwrap(core);
  }

  async #yieldThread(): Promise<void> {
    if (this.importTime > 0) await this.#clock.until(millis(this.#clock.now() + this.importTime));
  }

  async kill(how: "loud" | "silent" = "loud"): Promise<void> {
    const core = this.#core;
    if (core === undefined) return;
    this.#core = undefined;
    this.#shared.hub.kill(peerIdOf(this.name), how);
    await this.#shared.time.during(core.stop(), PATIENCE);
  }

  silence(): void {
    this.#isSilent = true;
  }

  speak(): void {
    this.#isSilent = false;
  }

  cutOff(how: "drop" | "black-hole" = "drop"): void {
    this.#surroundings.cutOff(this.name, how);
  }

  reconnect(): void {
    this.#surroundings.reconnect(this.name);
  }

  twin(): Promise<TestNode> {
    return this.#surroundings.twinOf(this);
  }

  skewClock(skew: number | ClockSkew): void {
    this.#clock.set(typeof skew === "number" ? {offset: skew} : skew);
  }

  at(block: number | "best" | "finalized" = "best"): BlockView {
    const {chain} = this.core;
    const {description, accounts, crypto, signatures} = this.#shared;
    const {verifySignature} = signatures;
    const descriptionOf = () => description;
    const source = {chain, descriptionOf, accounts, hashing: crypto.hashing, verifySignature};
    const ref = block === "best" ? chain.best() : block === "finalized" ? chain.finalized() : block;
    if (typeof ref !== "number") return new BlockView(source, ref);
    const hash = chain.hashOf(ref);
    if (hash === undefined) throw new Error(`${this.name} has no block ${ref}`);
    return new BlockView(source, {hash, number: ref});
  }

  get best(): number {
    return this.core.chain.best().number;
  }

  get finalized(): number {
    return this.core.chain.finalized().number;
  }

  get finalityLag(): number {
    return this.best - this.finalized;
  }

  get peers(): number {
    return this.core.membership?.peers() ?? 0;
  }

  get isSyncing(): boolean {
    return this.core.membership?.isMajorSyncing() ?? false;
  }

  get stall(): string | undefined {
    return this.core.finality.stall();
  }

  hashAt(number: number): Hex | undefined {
    const hash = this.core.chain.hashOf(number);
    return hash === undefined ? undefined : bytesToHex(hash);
  }

  authored(by = this.account): number[] {
    const heights: number[] = [];
    // A rehearsal of a later state has nothing below its first block.
    for (let number = this.best; number > this.#first(); number--) {
      if (this.at(number).author === by) heights.push(number);
    }
    return heights.reverse();
  }

  /** The block that the chain began with. */
  #first(): number {
    return this.#shared.genesis.number;
  }

  equivocations(): {readonly blocks: readonly string[]; readonly votes: readonly Hex[]} {
    const {equivocations, finality} = this.core;
    const {accounts} = this.#shared;
    return {
      blocks: equivocations.all.map(({offender}) => accounts.nameOf(offender)),
      votes: (finality.grandpa?.equivocations ?? []).map(({equivocation}) =>
        bytesToHex(equivocation.value.id),
      ),
    };
  }

  logs(least: LogLevel = "warn"): readonly LogLine[] {
    return this.#logs.from(least);
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** The node itself, for what the kit does not show. Its shape may change with any version. */
  get core(): NodeCore {
    if (this.#core === undefined) throw new Error(`${this.name} is not running`);
    return this.#core;
  }
}
