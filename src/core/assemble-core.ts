import {
  type Clock,
  err,
  Listeners,
  type Logger,
  ok,
  type Report,
  type Result,
  type Slot,
  slot as slotNumber,
} from "#base";
import {slotOf, slotStart} from "#consensus";
import type {CryptoSuite} from "#crypto";
import {describeKeystoreFailure, type Keystore, type SigningGuard} from "#keystore";
import {type PoolLimits, TransactionPool} from "#pool";
import type {ChainStore} from "#store";
import {BlockMaker, type MadeBlock} from "./author/block-maker.ts";
import type {Complaint} from "./author/complaints.ts";
import {mayAuthor, type Standing} from "./author/conditions.ts";
import {DemandAuthor} from "./author/demand-author.ts";
import type {MissedWhy} from "./author/missed-why.ts";
import type {SealMode} from "./author/seal-mode.ts";
import {SlotAuthor} from "./author/slot-author.ts";
import {BlockImporter} from "./chain/block-importer.ts";
import {Blockchain} from "./chain/blockchain.ts";
import {ImportQueue} from "./chain/import-queue.ts";
import type {ClockStatus} from "./clock/clock-status.ts";
import {ClockSteps} from "./clock/clock-steps.ts";
import {ClockWatch} from "./clock/clock-watch.ts";
import {EquivocationRecords} from "./equivocations/equivocation-records.ts";
import {OwnOffences} from "./equivocations/own-offences.ts";
import {fatalReport} from "./fatal-report.ts";
import {FinalityService} from "./finality/finality-service.ts";
import {restoreSets} from "./finality/restore.ts";
import {joinNetwork, type Membership, type NetworkSettings} from "./join-network.ts";
import {followChain} from "./pool/follow-chain.ts";
import {createValidator} from "./pool/validate.ts";
import type {Runtimes} from "./runtimes/index.ts";
import type {SignatureChecks} from "./signatures/signature-checks.ts";
import {whyEnded} from "./succession.ts";
import {isOld} from "./sync/is-old.ts";
import type {SyncMode} from "./sync/sync-mode.ts";
import type {ChainTime} from "./time/chain-time.ts";
import {openChainTime} from "./time/open-chain-time.ts";

export interface CoreSettings {
  readonly collator: boolean;
  /** Author although nobody is there to hear of it. */
  readonly forceAuthoring: boolean;
  readonly seal: SealMode;
  /** Blocks may be asked for out of turn as well, as developers do. */
  readonly outOfTurn?: boolean;
  /** Asked before each own slot: whether to let it pass on purpose, as a rehearsal of silence wants it. */
  readonly isSilenced?: () => boolean;
  readonly pool: Partial<PoolLimits>;
  /** How it catches up when far behind; `full` where nothing is said. */
  readonly sync?: SyncMode;
  /** Undefined: a node for itself, which meets no peers. */
  readonly network: NetworkSettings | undefined;
}

export interface CoreDependencies {
  readonly runtimes: Runtimes;
  readonly store: ChainStore;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly signatures: SignatureChecks;
  /** Steady, for waits and deadlines. */
  readonly clock: Clock;
  /** Date and time of day, by which slots go. */
  readonly wallClock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Lets timers, sockets and other work have their turn. */
  readonly breathe: () => Promise<void>;
  /** Told when the node cannot go on and why; it is then to be stopped. */
  readonly onFatal: (report: Report) => void;
}

/** A node without its surroundings: no files, no RPC, any clock, any transport. What a simulation runs many of. */
export interface NodeCore {
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly importer: BlockImporter;
  readonly finality: FinalityService;
  readonly membership: Membership | undefined;
  readonly equivocations: EquivocationRecords;
  readonly demand: DemandAuthor | undefined;
  /** Makes blocks when asked, even beside an author that keeps to slots. */
  readonly outOfTurn: DemandAuthor | undefined;
  readonly time: ChainTime;
  readonly slotDuration: () => number;
  /** Why it makes no blocks at present; undefined while it does when it is its turn. */
  complaint(): Complaint | undefined;
  /** How this machine's clock stands to others'. */
  clockStatus(): ClockStatus;
  readonly clockWatch: ClockWatch;
  /** Returns how to stop. */
  onBlockMade(listener: (block: MadeBlock) => void): () => void;
  /** A block of a peer was imported: the milliseconds that it took. */
  onImported(listener: (took: number) => void): () => void;
  /** An own slot went by without a block. */
  onSlotMissed(listener: (slot: Slot, why: MissedWhy) => void): () => void;
  /** Begins to author, to vote and to meet peers. */
  start(): Promise<Result<void, Report>>;
  /** Ends all of it, last things first. The store is left open. */
  stop(): Promise<void>;
}

/** Puts the parts of a node together over a store that is open; nothing runs before `start`. */
export function assembleCore(
  settings: CoreSettings,
  dependencies: CoreDependencies,
): Result<NodeCore, Report> {
  const {store, keystore, guard, crypto, signatures, clock, wallClock, logger} = dependencies;
  const {hashing} = crypto;
  const hash = (bytes: Uint8Array) => hashing.blake2b256(bytes);
  // The first is the cause; those that follow from it would only hide it.
  let isOver = false;
  const stopWith = (report: Report) => {
    if (!isOver) dependencies.onFatal(report);
    isOver = true;
  };
  const fatal = (error: unknown) => stopWith(fatalReport(error));
  const opened = Blockchain.open(store, dependencies.runtimes, fatal);
  if (!opened.ok) return opened;
  const chain = opened.value;
  // Before anybody else who is told of a block asks its runtime something.
  chain.on("best", () => {
    const ended = whyEnded(chain, signatures);
    if (ended !== undefined) stopWith(ended);
  });
  const endedBefore = whyEnded(chain, signatures);
  if (endedBefore !== undefined) return err(endedBefore);
  const validate = createValidator(chain, signatures);
  const pool = new TransactionPool(settings.pool, {clock, logger, hash, validate});
  const maker = new BlockMaker({chain, pool, keystore, guard, crypto, signatures, clock, logger});
  const duration = maker.slotDuration();
  if (!duration.ok) return err({code: duration.error.code, what: "the runtime has no slots"});
  const slotDuration = () => duration.value;
  const onRealSlots = settings.seal.kind === "slots";
  const time = openChainTime(store, {
    clock: wallClock,
    onRealSlots,
    lastBlock: chain.head.header,
    slotDuration: duration.value,
  });

  const offences = new OwnOffences(keystore, {clock: wallClock, logger});
  const equivocations = new EquivocationRecords(store, {
    logger,
    hashing,
    onProof: ({offender, slot}) => offences.proved("aura", offender, `two blocks for slot ${slot}`),
  });
  const importer = new BlockImporter({
    chain,
    crypto,
    signatures,
    clock: time,
    onSealChecked: (block, header, {slot, authority}) =>
      equivocations.note(slot, authority, block, header),
  });
  const importListeners = new Listeners<[took: number]>(fatal);
  const queue = new ImportQueue({
    importer,
    chain,
    clock,
    time,
    logger,
    slotDuration,
    breathe: dependencies.breathe,
    onImported: took => importListeners.tell(took),
    onFatal: fatal,
  });
  const sets = restoreSets(store, chain);
  if (!sets.ok) return sets;
  const finality = new FinalityService(sets.value, {
    ...dependencies,
    chain,
    slotDuration,
    mayVote: settings.collator,
    onVotedTwice: (voter, what) => offences.proved("gran", voter, what),
    onFatal: fatal,
  });
  const clockWatch = new ClockWatch(duration.value, () => time.now());
  const steps = new ClockSteps(wallClock, clock, {logger, onFault: fatal});
  const ended = new AbortController();
  steps.onStep(() => clockWatch.forget());
  if (settings.outOfTurn && onRealSlots) {
    // A developer's chain goes on, dated ahead, rather than wait for its own blocks to be of the past.
    steps.onStep(by => {
      const last = slotOf(chain.head.header.digest) ?? 0;
      if (by < 0) time.atLeast(slotStart(slotNumber(last + 1), duration.value));
    });
  }
  const membership =
    settings.network === undefined
      ? undefined
      : joinNetwork(settings.network, {
          ...dependencies,
          isCollator: settings.collator,
          sync: settings.sync ?? "full",
          onFatal: fatal,
          chain,
          importer,
          queue,
          pool,
          finality,
          isOld: ({digest}) => isOld(slotOf(digest), {now: time.now(), duration: duration.value}),
          onAnnounced: (block, {digest}, isCatchingUp) => {
            const at = slotOf(digest);
            if (at !== undefined) clockWatch.announced(block, at, isCatchingUp);
          },
        });

  const unwatch = chain.on("import", ({hash, origin}) => {
    if (origin === "own") return;
    const at = slotOf(chain.header(hash)?.digest ?? []);
    if (at !== undefined) clockWatch.imported(hash, at);
  });
  const missed = new Listeners<[slot: Slot, why: MissedWhy]>(fatal);
  const listeners = new Listeners<[block: MadeBlock]>(fatal);
  const onMade = (block: MadeBlock) => {
    // Beside a block of another node for the slot it is one half of a proof.
    const {slot, authority, hash} = block;
    equivocations.note(slot, authority, hash, chain.header(hash)!);
    listeners.tell(block);
  };
  const createDemand = (mode: SealMode) =>
    new DemandAuthor(mode, {maker, pool, clock, time, logger, onMade, onFatal: fatal});
  const demand = settings.seal.kind === "slots" ? undefined : createDemand(settings.seal);
  if (demand === undefined && finality.heldAt !== undefined) {
    // Where blocks are not made on demand nobody can ask for what was held back.
    const facts = {above: finality.heldAt};
    logger.log(
      "warn",
      "grandpa",
      "finality was held back by engine_createBlock, and goes on",
      facts,
    );
    finality.holdAt(undefined);
  } else if (finality.heldAt !== undefined) {
    const facts = {above: finality.heldAt};
    logger.log("info", "grandpa", "finality is held back, as engine_createBlock was told", facts);
  }
  const outOfTurn = settings.outOfTurn ? (demand ?? createDemand({kind: "manual"})) : undefined;
  const standing: Standing = membership ?? ALONE;
  const author =
    demand ??
    new SlotAuthor({
      maker,
      clock: time,
      steady: clock,
      moves: () => time.moves,
      logger,
      mayAuthor: claim => {
        if (settings.isSilenced?.() === true) return err({code: "silenced"});
        const stop = keystore.stops.of("aura", claim.authority);
        if (!stop.ok) {
          return err({code: "keystore-unreadable", reason: describeKeystoreFailure(stop.error)});
        }
        if (stop.value !== undefined) return err({code: "key-stopped", what: stop.value.what});
        const {isPaused, offset = 0} = clockWatch.status;
        if (isPaused) return err({code: "clock-off", offset});
        return mayAuthor(chain, standing, {
          ...claim,
          force: settings.forceAuthoring || !membership,
        });
      },
      onMissed: (slot, why) => missed.tell(slot, why),
      onMade,
      onFatal: fatal,
    });

  const unfollow = followChain(chain, pool, hash);
  return ok({
    chain,
    pool,
    importer,
    finality,
    membership,
    equivocations,
    demand,
    outOfTurn,
    time,
    slotDuration,
    complaint: () => (settings.collator ? author.complaint : NO_COLLATOR),
    clockWatch,
    clockStatus: () => clockWatch.status,
    onBlockMade: listener => listeners.add(listener),
    onImported: listener => importListeners.add(listener),
    onSlotMissed: listener => missed.add(listener),
    async start() {
      finality.start();
      const joined = await membership?.start();
      if (joined !== undefined && !joined.ok) return joined;
      if (settings.collator) author.start();
      steps.run(ended.signal).catch((error: unknown) => {
        if (!ended.signal.aborted) fatal(error);
      });
      return ok();
    },
    async stop() {
      ended.abort(new Error("stopping"));
      await outOfTurn?.stop();
      await author.stop();
      await membership?.stop();
      await queue.stop();
      await finality.stop();
      await chain.settled().catch(fatal);
      unfollow();
      unwatch();
    },
  });
}

const NO_COLLATOR: Complaint = {
  code: "not-a-collator",
  text: "this node runs without --collator",
};

/** Of a node that meets no peers. */
const ALONE: Standing = {isMajorSyncing: () => false, syncTarget: () => 0, peers: () => 0};
