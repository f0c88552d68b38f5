import {bytesToHex, type Clock, err, type Logger, millis, type Result} from "#base";
import {
  type AuthoritySets,
  Grandpa,
  type GrandpaAction,
  type GrandpaStatus,
  type VoteEquivocation,
} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {describeGuardRefusal, type Keystore, type SigningGuard} from "#keystore";
import type {PeerId, Refusal, Role} from "#network";
import type {Hash} from "#primitives";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import {Alarm} from "../time/alarm.ts";
import {chainViewOf} from "./chain-view.ts";
import {describeStall} from "./describe-stall.ts";
import {restoreSets, restoreVoting, SETS_KEPT_AS, VOTES_KEPT_AS} from "./restore.ts";
import {VoteEquivocations} from "./vote-equivocations.ts";
import {buildWarpProof} from "./warp-proofs.ts";

export interface FinalityDependencies {
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly slotDuration: () => number;
  readonly onFatal: (error: unknown) => void;
}

/** How messages of finality reach peers. */
export interface FinalityPeers {
  send(peer: PeerId, message: Uint8Array): void;
  report(peer: PeerId, amount: number, reason: string): void;
  /** Fetches a block that votes are for. */
  want(block: BlockRef, peer: PeerId): void;
}

/** Gossip periods per slot: a round takes four, so that each block has one of its own. */
const PERIODS_PER_SLOT = 6;
/** Of others only each so-manieth proof is kept for good; those that change the voters always. */
const KEEP_EVERY = 512;
/** Blocks not final from which on it is said why. */
const STALL = 20;
/** Between two words on a stall. */
const STALL_NOTICE = 30_000;

const NOBODY: FinalityPeers = {send() {}, report() {}, want() {}};
const STEPS = {PrimaryPropose: 0, Prevote: 1, Precommit: 2} as const;

/** Runs this node's part in finality: feeds it the chain, peers and time, and does what it says. */
export class FinalityService {
  readonly #deps: FinalityDependencies;
  readonly #grandpa: Grandpa;
  readonly #sets: AuthoritySets;
  readonly #alarm: Alarm;
  readonly #equivocations: VoteEquivocations;
  readonly #listeners = new Set<(justification: Uint8Array) => void>();
  #peers = NOBODY;
  #queue: GrandpaAction[] = [];
  #working: Promise<void> | undefined;
  #stops: (() => void)[] = [];
  #isStopped = false;
  /** A block whose proof the next one replaces. */
  #replaceable: Hash | undefined;
  #stallSaidAt = Number.NEGATIVE_INFINITY;

  constructor(dependencies: FinalityDependencies) {
    this.#deps = dependencies;
    const {store, chain, crypto, keystore, clock, logger, slotDuration} = dependencies;
    const view = chainViewOf(chain);
    const now = clock.now();
    this.#sets = restoreSets(dependencies, view);
    this.#equivocations = new VoteEquivocations(store, logger);
    this.#grandpa = new Grandpa(
      {gossipPeriod: millis(Math.max(1, Math.floor(slotDuration() / PERIODS_PER_SLOT)))},
      {
        chain: view,
        header: hash => chain.header(hash),
        best: () => chain.best(),
        hashing: crypto.hashing,
        signatures: crypto.signatures,
        holds: id => keystore.has("gran", id),
        sign: (id, payload, {setId, round, kind}) =>
          this.#sign(id, payload, [setId, round, STEPS[kind]]),
        justification: hash => chain.justification(hash),
      },
      {sets: this.#sets, finalized: chain.lastFinalized, voting: restoreVoting(store), now},
    );
    this.#alarm = new Alarm(clock, () => this.#input(at => this.#grandpa.tick(at)));
  }

  get status(): GrandpaStatus {
    return this.#grandpa.status;
  }

  get sets(): AuthoritySets {
    return this.#sets;
  }

  /** Voters that voted twice, with the proofs. */
  get equivocations(): readonly VoteEquivocation[] {
    return this.#equivocations.all;
  }

  connect(peers: FinalityPeers): void {
    this.#peers = peers;
  }

  start(): void {
    const {chain} = this.#deps;
    this.#stops = [
      chain.on("import", ({hash, number}) => {
        const header = chain.header(hash)!;
        this.#input(now => this.#grandpa.blockImported({hash, number}, header, now));
      }),
      chain.on("best", () => {
        this.#input(now => this.#grandpa.bestChanged(now));
        this.#sayStall();
      }),
    ];
    this.#input(now => this.#grandpa.bestChanged(now));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const stop of this.#stops) stop();
    this.#alarm.stop();
    await this.#working;
  }

  peerAccepted(peer: PeerId, role: Role): void {
    this.#input(now => this.#grandpa.peerConnected(peer, role === "light", now));
  }

  peerGone(peer: PeerId): void {
    this.#input(() => this.#grandpa.peerDisconnected(peer));
  }

  received(peer: PeerId, message: Uint8Array): void {
    this.#input(now => this.#grandpa.message(peer, message, now));
  }

  /** A block that is in the chain came with a proof of its finality. */
  imported(justification: Uint8Array, peer: PeerId): void {
    this.#input(now => this.#grandpa.justificationImported(justification, peer, now));
  }

  warpProof(from: Hash): Result<Uint8Array, Refusal> {
    return buildWarpProof(this.#deps.chain, this.#sets, from) ?? err({code: "refused"});
  }

  /** Told of each proof of finality, SCALE. Returns how to stop. */
  onJustification(listener: (justification: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Why finality does not move, in words; undefined while it does. */
  stall(): string | undefined {
    const {chain} = this.#deps;
    const lag = chain.best().number - chain.finalized().number;
    return lag < STALL ? undefined : describeStall(this.#grandpa.status, lag);
  }

  #sayStall(): void {
    const {clock, logger} = this.#deps;
    const now = clock.now();
    const stall = now < this.#stallSaidAt + STALL_NOTICE ? undefined : this.stall();
    if (stall === undefined) return;
    this.#stallSaidAt = now;
    logger.log("warn", "grandpa", `finality stands still: ${stall}`);
  }

  #sign(id: Uint8Array, payload: Uint8Array, step: readonly number[]): Uint8Array | undefined {
    const {keystore, guard, logger} = this.#deps;
    const taken = guard.take("gran", id, step, payload);
    if (!taken.ok) {
      const reason = describeGuardRefusal(taken.error);
      logger.log("warn", "grandpa", "vote not cast", {voter: bytesToHex(id), reason});
      return undefined;
    }
    const signature = keystore.sign("gran", id, payload);
    return signature.ok ? signature.value : undefined;
  }

  #input(input: (now: ReturnType<Clock["now"]>) => void): void {
    if (this.#isStopped) return;
    input(this.#deps.clock.now());
    this.#queue.push(...this.#grandpa.drain());
    this.#alarm.set(this.#grandpa.wakeAt);
    this.#working ??= this.#work()
      .catch((error: unknown) => this.#deps.onFatal(error))
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Does what the voter said, in its order: what must be on disk first is waited for. */
  async #work(): Promise<void> {
    for (;;) {
      const action = this.#queue.shift();
      if (action === undefined) return;
      if (action.kind === "persist") await this.#persist(action);
      else this.#perform(action);
    }
  }

  async #persist({what, bytes}: GrandpaAction & {kind: "persist"}): Promise<void> {
    const {store} = this.#deps;
    store.setValue(what === "votes" ? VOTES_KEPT_AS : SETS_KEPT_AS, bytes);
    await store.flushed();
  }

  #perform(action: Exclude<GrandpaAction, {kind: "persist"}>): void {
    const {logger} = this.#deps;
    switch (action.kind) {
      case "send":
        this.#peers.send(action.peer, action.bytes);
        return;
      case "report":
        if (action.amount < 0) {
          logger.log("debug", "grandpa", action.reason, {peer: action.peer, amount: action.amount});
        }
        this.#peers.report(action.peer, action.amount, action.reason);
        return;
      case "want":
        this.#peers.want(action.block, action.peer);
        return;
      case "finalize":
        this.#finalize(action);
        return;
      case "equivocation":
        this.#equivocations.keep(action.proof);
        return;
      case "set-changed":
        logger.log("info", "grandpa", action.isForced ? "voters replaced by force" : "new voters", {
          set: action.setId,
          voters: action.authorities.length,
        });
    }
  }

  #finalize({block, justification, isSetEnd}: GrandpaAction & {kind: "finalize"}): void {
    const {chain} = this.#deps;
    const finalized = chain.finalize(block.hash, justification);
    // What contradicts it was final already: then there is a hole in the voters' honesty, or in this program.
    if (!finalized.ok) throw new Error(`cannot finalize ${block.number}: ${finalized.error.code}`);
    if (this.#replaceable !== undefined) chain.dropJustification(this.#replaceable);
    const isForGood = isSetEnd || block.number % KEEP_EVERY === 0;
    this.#replaceable = isForGood ? undefined : block.hash;
    finalized.value.then(
      () => {
        for (const listener of this.#listeners) listener(justification);
      },
      (error: unknown) => this.#deps.onFatal(error),
    );
  }
}
