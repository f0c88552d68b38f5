import {
  bytesToHex,
  type Clock,
  concatBytes,
  equalBytes,
  err,
  Listeners,
  ok,
  type Result,
} from "#base";
import {
  type Action,
  type AuthoritySet,
  type EquivocationProof,
  freshVotes,
  type GrandpaVoter,
  type VoterStatus,
} from "#consensus";
import type {PeerId, Refusal, Role} from "#network";
import type {Hash} from "#primitives";
import type {BlockRef} from "../../chain/chain-events.ts";
import {Alarm} from "../../time/alarm.ts";
import type {Finality, WayBack} from "../finality.ts";
import {type FinalityPeers, NOBODY, ROLES} from "../finality-peers.ts";
import type {GrandpaPart} from "../grandpa-part.ts";
import {HeldHeight} from "../held-height.ts";
import {chainViewOf} from "./chain-view.ts";
import {createVoter} from "./create-voter.ts";
import type {GrandpaDependencies} from "./dependencies.ts";
import {describeStall} from "./describe-stall.ts";
import {SETS_KEPT_AS, VOTES_KEPT_AS} from "./restore.ts";
import {SeenBlocks} from "./seen-blocks.ts";
import {VoteEquivocations} from "./vote-equivocations.ts";
import {buildWarpProof} from "./warp-proofs.ts";

/** Of others only the first proof in each so many blocks is kept for good; those that change the voters always. */
const KEEP_EVERY = 512;
/** Blocks not final from which on it is said why. */
const STALL = 20;
/** Between two words on a stall. */
const STALL_NOTICE = 30_000;
const JUSTIFICATION_INVALID = -(2 ** 16);

/** Finality by GRANDPA's voters. Runs this node's part in it: feeds it the chain, peers and time, and does what it says. */
export class GrandpaFinality implements Finality, GrandpaPart {
  readonly #deps: GrandpaDependencies;
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
  readonly #seen: SeenBlocks;
  /** The voter was put in another's place, and begins when the chain is where it goes on from, on disk. */
  #beginsWith: "leap" | "rewind" | undefined;
  /** A block whose proof the next one replaces. */
  #replaceable: Hash | undefined;
  readonly #held: HeldHeight;
  /** When that was said, or voting began: what is not final by then it had no time for. */
  #stallSaidAt: number;

  constructor(sets: AuthoritySet, dependencies: GrandpaDependencies) {
    this.#deps = dependencies;
    this.#listeners = new Listeners(dependencies.onFatal);
    this.#seen = new SeenBlocks(dependencies.chain, dependencies.isFixed);
    const {store, keystore, clock, logger} = dependencies;
    this.#equivocations = new VoteEquivocations(store, logger, ({setId, equivocation}) => {
      const {type, value} = equivocation;
      const what = `two ${type.toLowerCase()}s in round ${value.round} of set ${setId}`;
      dependencies.onVotedTwice(value.id, what);
    });
    this.#stallSaidAt = clock.now();
    // What cannot be read now is asked for again with the next block.
    const keys = keystore.signingKeys("gran");
    this.#localKeys = keys.ok ? keys.value : [];
    this.#held = new HeldHeight(store);
    this.#voter = this.#voterOf(sets);
    this.#alarm = new Alarm(clock, () => this.#input(now => this.#voter.tick(now)));
  }

  get status(): VoterStatus {
    return this.#voter.status;
  }

  get roundAge(): number | undefined {
    const {enteredAt} = this.status;
    return enteredAt === undefined ? undefined : this.#deps.clock.now() - enteredAt;
  }

  get isFixed(): boolean {
    return this.#deps.isFixed;
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
    return this.#held.height;
  }

  /** Where this node's vote is needed nothing above becomes final. */
  holdAt(height: number | undefined): void {
    if (this.#held.set(height)) this.#input(now => this.#voter.bestChanged(now));
  }

  get grandpa(): this {
    return this;
  }

  connect(peers: FinalityPeers): void {
    this.#peers = peers;
  }

  start(): void {
    const {chain} = this.#deps;
    this.#stops = [
      chain.on("import", ({hash, number}) => this.#tellOf({hash, number})),
      chain.on("best", ({isRewind}) => {
        // Whoever goes back brings no key: the next block asks.
        if (isRewind !== true) this.#refreshKeys();
        // A block that was on its way to the disk when the chain was put back is none to begin with.
        if (this.#beginsWith === (isRewind ? "rewind" : "leap")) this.#begin();
        else if (this.#beginsWith === undefined) this.#input(now => this.#voter.bestChanged(now));
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
   * The rounds go on counting, since no key signs twice for one step of a round; the voters are those of the block gone
   * back to.
   */
  goBackTo(finalized: BlockRef): Result<WayBack, "voters-changed"> {
    const sets = this.sets.before(finalized, chainViewOf(this.#deps.chain));
    if (sets === undefined) return err("voters-changed");
    const votes = freshVotes({setId: sets.setId, round: this.#voter.round + 1, finalized});
    const own = new Map([
      [SETS_KEPT_AS, sets.encode()],
      [VOTES_KEPT_AS, votes],
    ]);
    return ok({own, goOn: () => this.goOnWith(sets, "rewind")});
  }

  /**
   * After the chain leapt, or was put back: what was voted on before is of no use, the voters of that block go on, with
   * the votes that were stored, once the chain tells that its best block is there.
   */
  goOnWith(sets: AuthoritySet, after: "leap" | "rewind" = "leap"): void {
    this.#queue = [];
    this.#replaceable = undefined;
    this.#stallSaidAt = this.#deps.clock.now();
    this.#voter = this.#voterOf(sets);
    this.#beginsWith = after;
    this.#tellOfUnfinalized();
  }

  #begin(): void {
    this.#beginsWith = undefined;
    this.#input(now => {
      this.#voter.start(now);
      for (const [peer, role] of this.#roles) this.#voter.peerConnected(peer, role, now);
    });
  }

  #voterOf(sets: AuthoritySet): GrandpaVoter {
    const highest = () => this.heldAt ?? Number.POSITIVE_INFINITY;
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
      // Anything else may be the proof of a set that is not current here yet.
      if (code === "undecodable") this.#peers.report(peer, JUSTIFICATION_INVALID, code);
    });
  }

  warpProof(from: Hash): Result<Uint8Array, Refusal> {
    const proof = buildWarpProof(this.#deps.chain, this.sets, from);
    const facts = {from, bytes: proof?.ok ? proof.value.length : 0};
    this.#deps.logger.log("debug", "grandpa", proof ? "warp proof served" : "no warp proof", facts);
    return proof ?? err({code: "refused"});
  }

  /** Called with each proof of finality, SCALE. Returns how to stop. */
  onJustification(listener: (justification: Uint8Array) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Why finality does not move, in words; undefined while it does. */
  stall(options = {withKeys: true}): string | undefined {
    const {chain} = this.#deps;
    const lag = chain.best().number - chain.finalized().number;
    if (lag < STALL) return undefined;
    const own = this.#silence();
    return own === undefined
      ? describeStall(this.status, lag, options)
      : `${lag} blocks are not final; ${own}`;
  }

  waiting(): string {
    return this.status.isVoter
      ? (this.status.waiting ?? "its votes are on their way")
      : "this node is no voter, and the voters did not finalize it";
  }

  /** Why this node, a voter, says nothing itself: nobody else is to be looked for then. */
  #silence(): string | undefined {
    if (this.heldAt !== undefined) {
      return `this node votes for nothing above block ${this.heldAt}, as engine_createBlock was told: engine_finalizeBlock goes on`;
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
    this.#input(now => {
      for (const {block, header} of this.#seen.beforeBeginning(() => this.sets.hasForcedChange)) {
        this.#voter.blockImported(block, header, now);
      }
    });
  }

  #tellOf(block: BlockRef): void {
    this.#input(now => this.#voter.blockImported(block, this.#seen.header(block.hash), now));
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
