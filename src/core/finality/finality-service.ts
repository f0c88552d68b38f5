import {
  bytesToHex,
  type Clock,
  concatBytes,
  equalBytes,
  err,
  Listeners,
  type Logger,
  type Result,
} from "#base";
import {decode, encode, u64} from "#codec";
import type {Action, AuthoritySet, EquivocationProof, GrandpaVoter, VoterStatus} from "#consensus";
import type {CryptoSuite} from "#crypto";
import type {Keystore, SigningGuard} from "#keystore";
import type {PeerId, Refusal, Role} from "#network";
import type {Hash} from "#primitives";
import type {ChainStore} from "#store";
import type {Blockchain} from "../chain/blockchain.ts";
import type {BlockRef} from "../chain/chain-events.ts";
import {Alarm} from "../time/alarm.ts";
import {createVoter} from "./create-voter.ts";
import {describeStall} from "./describe-stall.ts";
import {SETS_KEPT_AS, VOTES_KEPT_AS} from "./restore.ts";
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
  readonly random: () => number;
  readonly slotDuration: () => number;
  /** False: the keys it may hold are not used; it follows what others vote. */
  readonly mayVote: boolean;
  /** A voter is proved to have voted twice; `what` in words. */
  readonly onVotedTwice: (voter: Uint8Array, what: string) => void;
  readonly onFatal: (error: unknown) => void;
}

/** How messages of finality reach peers. */
export interface FinalityPeers {
  send(peer: PeerId, message: Uint8Array): void;
  report(peer: PeerId, amount: number, reason: string): void;
  /** Fetches a block that votes are for. */
  wantBlock(block: BlockRef, peer: PeerId | undefined): void;
  /** Fetches the proof of a block's finality; undefined when the peer has none. */
  askJustification(block: BlockRef, peer: PeerId): Promise<Uint8Array | undefined>;
}

/** Name under which the height is kept above which no vote is cast, as a u64. */
const HELD_AT = "grandpa-held-at";
/** Of others only the first proof in each so many blocks is kept for good; those that change the voters always. */
const KEEP_EVERY = 512;
/** Blocks not final from which on it is said why. */
const STALL = 20;
/** Between two words on a stall. */
const STALL_NOTICE = 30_000;
const JUSTIFICATION_INVALID = -(2 ** 16);

const ROLES: Readonly<Record<Role, number>> = {full: 1, light: 2, authority: 4};
const NOBODY: FinalityPeers = {
  send() {},
  report() {},
  wantBlock() {},
  askJustification: async () => undefined,
};

function readHeight(bytes: Uint8Array | undefined): number | undefined {
  const decoded = bytes === undefined ? undefined : decode(u64, bytes);
  return decoded?.ok === true ? Number(decoded.value) : undefined;
}

/** Runs this node's part in finality: feeds it the chain, peers and time, and does what it says. */
export class FinalityService {
  readonly #deps: FinalityDependencies;
  #voter: GrandpaVoter;
  readonly #alarm: Alarm;
  readonly #equivocations: VoteEquivocations;
  readonly #listeners: Listeners<[justification: Uint8Array]>;
  readonly #roles = new Map<PeerId, number>();
  #peers = NOBODY;
  #queue: Action[] = [];
  #isWorking = false;
  #working: Promise<void> | undefined;
  #stops: (() => void)[] = [];
  #isStopped = false;
  #localKeys: readonly Uint8Array[];
  /** A block whose proof the next one replaces. */
  #replaceable: Hash | undefined;
  #heldAt: number | undefined;
  #stallSaidAt = Number.NEGATIVE_INFINITY;

  constructor(sets: AuthoritySet, dependencies: FinalityDependencies) {
    this.#deps = dependencies;
    this.#listeners = new Listeners(dependencies.onFatal);
    const {store, keystore, clock, logger} = dependencies;
    this.#equivocations = new VoteEquivocations(store, logger, ({setId, equivocation}) => {
      const {type, value} = equivocation;
      const what = `two ${type.toLowerCase()}s in round ${value.round} of set ${setId}`;
      dependencies.onVotedTwice(value.id, what);
    });
    // What cannot be read now is asked for again with the next block.
    const keys = keystore.signingKeys("gran");
    this.#localKeys = keys.ok ? keys.value : [];
    this.#heldAt = readHeight(store.value(HELD_AT));
    this.#voter = this.#voterOf(sets);
    this.#alarm = new Alarm(clock, () => this.#input(now => this.#voter.tick(now)));
  }

  get status(): VoterStatus {
    return this.#voter.status;
  }

  get sets(): AuthoritySet {
    return this.#voter.sets;
  }

  /** Voters that voted twice, with the proofs. */
  get equivocations(): readonly EquivocationProof[] {
    return this.#equivocations.all;
  }

  /** The height above which this node casts no vote; undefined where it votes for whatever is best. */
  get heldAt(): number | undefined {
    return this.#heldAt;
  }

  /**
   * From now on votes for no block above this height, over restarts too; undefined: for whatever is best again. Where
   * this node's vote is needed nothing above becomes final.
   */
  holdAt(height: number | undefined): void {
    if (height === this.#heldAt) return;
    this.#heldAt = height;
    const kept = height === undefined ? undefined : encode(u64, BigInt(height));
    this.#deps.store.setValue(HELD_AT, kept);
    this.#input(now => this.#voter.bestChanged(now));
  }

  connect(peers: FinalityPeers): void {
    this.#peers = peers;
  }

  start(): void {
    const {chain} = this.#deps;
    this.#stops = [
      chain.on("import", ({hash, number}) => this.#tellOf({hash, number})),
      chain.on("best", () => {
        this.#refreshKeys();
        this.#input(now => this.#voter.bestChanged(now));
        this.#sayStall();
      }),
    ];
    this.#tellOfUnfinalized();
    this.#input(now => this.#voter.start(now));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const stop of this.#stops) stop();
    await this.#working;
    // What was still to be done may have set it.
    this.#alarm.stop();
  }

  /**
   * After the chain leapt, or was put back: what was voted on before is of no use, those in charge there go on, with
   * the votes that were stored.
   */
  goOnWith(sets: AuthoritySet): void {
    this.#queue = [];
    this.#replaceable = undefined;
    this.#voter = this.#voterOf(sets);
    this.#tellOfUnfinalized();
    this.#input(now => {
      this.#voter.start(now);
      for (const [peer, role] of this.#roles) this.#voter.peerConnected(peer, role, now);
    });
  }

  #voterOf(sets: AuthoritySet): GrandpaVoter {
    const highest = () => this.#heldAt ?? Number.POSITIVE_INFINITY;
    return createVoter(sets, this.#deps, this.#localKeys, highest);
  }

  peerAccepted(peer: PeerId, role: Role): void {
    this.#roles.set(peer, ROLES[role]);
    this.#input(now => this.#voter.peerConnected(peer, ROLES[role], now));
  }

  peerGone(peer: PeerId): void {
    this.#roles.delete(peer);
    this.#input(now => this.#voter.peerDisconnected(peer, now));
  }

  received(peer: PeerId, message: Uint8Array): void {
    this.#input(now => this.#voter.message(peer, message, now));
  }

  /** A block that is in the chain came with a proof of its finality. */
  imported(justification: Uint8Array, peer: PeerId): void {
    this.#input(now => {
      const imported = this.#voter.justificationImported(justification, now);
      if (imported.ok) return;
      const {code} = imported.error;
      this.#deps.logger.log("debug", "grandpa", `justification of no use: ${code}`, {peer});
      // Anything else may be the proof of a set that is not in charge here yet.
      if (code === "undecodable") this.#peers.report(peer, JUSTIFICATION_INVALID, code);
    });
  }

  warpProof(from: Hash): Result<Uint8Array, Refusal> {
    const proof = buildWarpProof(this.#deps.chain, this.sets, from);
    const facts = {from, bytes: proof?.ok ? proof.value.length : 0};
    this.#deps.logger.log("debug", "grandpa", proof ? "warp proof served" : "no warp proof", facts);
    return proof ?? err({code: "refused"});
  }

  /** Told of each proof of finality, SCALE. Returns how to stop. */
  onJustification(listener: (justification: Uint8Array) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Why finality does not move, in words; undefined while it does. */
  stall(): string | undefined {
    const {chain} = this.#deps;
    const lag = chain.best().number - chain.finalized().number;
    if (lag < STALL) return undefined;
    const own = this.#silence();
    return own === undefined
      ? describeStall(this.status, lag)
      : `${lag} blocks are not final; ${own}`;
  }

  /** Why this node, a voter, says nothing itself: nobody else is to be looked for then. */
  #silence(): string | undefined {
    if (this.#heldAt !== undefined) {
      return `this node votes for nothing above block ${this.#heldAt}, as engine_createBlock was told: engine_finalizeBlock goes on`;
    }
    const {keystore} = this.#deps;
    const stops = keystore.stops.all();
    const stopped = stops.ok
      ? stops.value.find(
          ({keyType, publicKey}) =>
            keyType === "gran" &&
            keystore.has("gran", publicKey) &&
            this.sets.voters.find(publicKey) !== undefined,
        )
      : undefined;
    return (
      stopped &&
      `this node's key ${bytesToHex(stopped.publicKey).slice(0, 10)}… is stopped (${stopped.what})`
    );
  }

  #tellOfUnfinalized(): void {
    const {chain} = this.#deps;
    for (const hash of chain.unfinalized())
      this.#tellOf({hash, number: chain.header(hash)!.number});
  }

  #tellOf(block: BlockRef): void {
    const header = this.#deps.chain.header(block.hash)!;
    this.#input(now => this.#voter.blockImported(block, header, now));
  }

  /** A key that was rotated or inserted while the node runs votes from the set on in which it is; a stopped one no more. */
  #refreshKeys(): void {
    const signing = this.#deps.keystore.signingKeys("gran");
    // For want of a descriptor, say: those that voted so far go on, and the next block asks again.
    if (!signing.ok) return;
    const keys = signing.value;
    if (equalBytes(concatBytes(...keys), concatBytes(...this.#localKeys))) return;
    this.#localKeys = keys;
    this.#input(now => this.#voter.setLocalKeys(keys, now));
  }

  #sayStall(): void {
    const {clock, logger} = this.#deps;
    const now = clock.now();
    const stall = now < this.#stallSaidAt + STALL_NOTICE ? undefined : this.stall();
    if (stall === undefined) return;
    this.#stallSaidAt = now;
    logger.log("warn", "grandpa", `finality stands still: ${stall}`);
  }

  #input(input: (now: ReturnType<Clock["now"]>) => void): void {
    if (this.#isStopped) return;
    input(this.#deps.clock.now());
    this.#queue.push(...this.#voter.drain());
    // Whoever works already does these as well: what is done may itself be heard of by the voter.
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#working = this.#work().catch((error: unknown) => {
      // What is left counts on what could not be written: a vote must not go out that the disk does not know.
      this.#isStopped = true;
      this.#queue = [];
      this.#deps.onFatal(error);
    });
  }

  /** Does what the voter said, in its order: what must be on disk first is waited for. */
  async #work(): Promise<void> {
    const {store} = this.#deps;
    try {
      for (let action = this.#queue.shift(); action !== undefined; action = this.#queue.shift()) {
        if (action.type === "persistVotes") {
          const voter = this.#voter;
          store.setValue(VOTES_KEPT_AS, action.state);
          await store.flushed();
          // One that was put in its place since then has votes of its own.
          if (voter === this.#voter) this.#input(now => voter.votesPersisted(now));
        } else this.#perform(action);
      }
    } finally {
      // In the same moment as the last look at the queue, so that nothing is left there unseen.
      this.#isWorking = false;
    }
  }

  #perform(action: Exclude<Action, {type: "persistVotes"}>): void {
    const {logger, store} = this.#deps;
    switch (action.type) {
      case "persistSet":
        store.setValue(SETS_KEPT_AS, action.set);
        return;
      case "send":
        this.#peers.send(action.peer, action.message);
        return;
      case "report":
        if (action.change < 0) {
          logger.log("debug", "grandpa", action.reason, {peer: action.peer, cost: action.change});
        }
        this.#peers.report(action.peer, action.change, action.reason);
        return;
      case "wakeAt":
        this.#alarm.set(action.time);
        return;
      case "blockWanted":
        this.#peers.wantBlock(action.block, action.peer);
        return;
      case "justificationWanted":
        this.#fetchJustification(action.block, action.peer);
        return;
      case "finalize":
        this.#finalize(action);
        return;
      case "equivocation":
        this.#equivocations.keep(action.proof);
        this.#refreshKeys();
        return;
      case "setChanged":
        // Said in words by an event as well.
        return;
      case "event":
        logger.log(action.level, "grandpa", action.message);
    }
  }

  #fetchJustification(block: BlockRef, peer: PeerId): void {
    this.#peers.askJustification(block, peer).then(
      proof => {
        if (proof !== undefined) this.imported(proof, peer);
      },
      (error: unknown) => this.#deps.onFatal(error),
    );
  }

  #finalize({block, justification, set}: Action & {type: "finalize"}): void {
    const {chain} = this.#deps;
    const isFirst =
      Math.floor(block.number / KEEP_EVERY) > Math.floor(chain.lastFinalized.number / KEEP_EVERY);
    const own = new Map(set === undefined ? [] : [[SETS_KEPT_AS, set]]);
    const finalized = chain.finalize(block.hash, justification, own);
    // The voter follows this very chain: were they to differ, one of the two would be wrong.
    if (!finalized.ok) throw new Error(`cannot finalize ${block.number}: ${finalized.error.code}`);
    if (this.#replaceable !== undefined) chain.dropJustification(this.#replaceable);
    const isSetEnd = this.sets.changes.some(({last}) => equalBytes(last.hash, block.hash));
    this.#replaceable = isSetEnd || isFirst ? undefined : block.hash;
    finalized.value.then(
      () => this.#listeners.tell(justification),
      (error: unknown) => this.#deps.onFatal(error),
    );
  }
}
