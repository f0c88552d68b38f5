import {err, Listeners, type Millis, ok, type Report, type Result, type Slot} from "#base";
import {slotOf} from "#consensus";
import {TransactionPool} from "#pool";
import {BlockMaker, type MadeBlock} from "./author/block-maker.ts";
import {BuildingTime} from "./author/building-time.ts";
import type {Complaint} from "./author/complaints.ts";
import {createAuthors} from "./author/create-authors.ts";
import type {MissedWhy} from "./author/failures.ts";
import {BlockAnswers} from "./chain/block-answers.ts";
import {BlockImporter} from "./chain/block-importer.ts";
import {Blockchain} from "./chain/blockchain.ts";
import {BlocksUnderWay} from "./chain/blocks-under-way.ts";
import {ImportQueue} from "./chain/import-queue.ts";
import {SetAsideBlocks} from "./chain/set-aside.ts";
import {SlotTimes} from "./chain/slot-times.ts";
import {watchChainClock} from "./clock/watch-chain-clock.ts";
import {EquivocationRecords} from "./equivocations/equivocation-records.ts";
import {OwnOffences} from "./equivocations/own-offences.ts";
import {fatalReport} from "./fatal-report.ts";
import {chooseFinality} from "./finality/index.ts";
import {tellOfHeldFinality} from "./finality/tell-of-held.ts";
import {auraSlotInherent, inherentsOf, timestampInherent} from "./inherents/index.ts";
import {joinNetwork} from "./join-network.ts";
import type {CoreDependencies, CoreSettings, NodeCore} from "./node-core.ts";
import {followChain} from "./pool/follow-chain.ts";
import {createValidator} from "./pool/validate.ts";
import {Pruner} from "./pruning/index.ts";
import {NOT_IN_TIME, whyEnded} from "./succession.ts";
import {isOld} from "./sync/is-old.ts";
import {openChainTime} from "./time/open-chain-time.ts";
import {pacedClock, REAL_TIME} from "./time/paced-clock.ts";

/** Milliseconds that votes take for a slot where blocks come when they are asked for, and whoever asked waits. */
const ON_DEMAND = 300;

/** Puts the parts of a node together over a store that is open; nothing runs before `start`. */
export function assembleCore(
  settings: CoreSettings,
  dependencies: CoreDependencies,
): Result<NodeCore, Report> {
  const {store, keystore, crypto, signatures, clock, wallClock, logger} = dependencies;
  const hash = (bytes: Uint8Array) => crypto.hashing.blockHash(bytes);
  const {stopWith, onFatal} = firstCause(dependencies.onFatal);

  const opened = Blockchain.open(store, dependencies.runtimes, onFatal, settings.proofSize);
  if (!opened.ok) return opened;
  const chain = opened.value;
  const answers = new BlockAnswers(chain, signatures);
  const isStateOnly = settings.isStateOnly ?? false;
  // Before any other listener asks its runtime something.
  chain.on("best", () => {
    const ended = isStateOnly ? undefined : whyEnded(chain, answers);
    // Of a runtime that is only slow, the author tells, and the next head asks it again.
    if (ended !== undefined && ended.code !== NOT_IN_TIME) stopWith(ended);
  });
  const endedBefore = isStateOnly ? undefined : whyEnded(chain, answers);
  if (endedBefore !== undefined) return err(endedBefore);

  const {yieldThread, validatesElsewhere: elsewhere} = dependencies;
  const validate = createValidator(chain, signatures, {onFatal, yieldThread, elsewhere});
  const pool = new TransactionPool(settings.pool, {
    clock,
    logger,
    hash,
    validate,
    yieldThread: dependencies.yieldThread,
  });
  const inherents = inherentsOf([
    timestampInherent,
    auraSlotInherent,
    ...(dependencies.inherents ?? []),
  ]);
  const slots = new SlotTimes(chain, answers, isStateOnly ? ANY_SLOT : undefined);
  const slotDuration = () => slots.current;
  const underWay = new BlocksUnderWay({chain, checkSeal: header => importer.checkSeal(header)});
  const maker = new BlockMaker({...dependencies, chain, answers, slots, inherents, pool, underWay});
  const buildingTime = new BuildingTime({isJudged: maker.isJudged});
  const onRealSlots = settings.seal.kind === "slots";
  const pace = settings.pace ?? REAL_TIME;
  const time = openChainTime(store, {
    clock: pacedClock(wallClock, pace),
    onRealSlots,
    lastBlockAt: slots.startOf(chain.head.header),
  });

  const offences = new OwnOffences(keystore, {clock: wallClock, logger});
  const equivocations = new EquivocationRecords(store, {
    logger,
    hashing: crypto.hashing,
    onProof: ({offender, slot}) => offences.proved("aura", offender, `two blocks for slot ${slot}`),
  });
  const importer: BlockImporter = new BlockImporter({
    chain,
    underWay,
    answers,
    inherents,
    crypto,
    signatures,
    clock: time,
    thread: {clock, yieldThread},
    setAside: new SetAsideBlocks(clock),
    onSealChecked: (block, header, {slot, authority}) =>
      equivocations.note(slot, authority, block, header),
  });
  const importListeners = new Listeners<[took: number]>(onFatal);
  const queue = new ImportQueue({
    importer,
    underWay,
    chain,
    clock,
    time,
    logger,
    slots,
    yieldThread: dependencies.yieldThread,
    onImported(took, transactions) {
      buildingTime.imported(transactions, took);
      importListeners.tell(took);
    },
    onFatal,
  });

  const chosen = chooseFinality(settings.finality ?? {kind: "runtime"}, {
    ...dependencies,
    chain,
    slotDuration: () => Math.min(slotDuration() / pace.rate, onRealSlots ? Infinity : ON_DEMAND),
    mayVote: settings.collator,
    onVotedTwice: (voter, what) => offences.proved("gran", voter, what),
    onFatal,
  });
  if (!chosen.ok) return chosen;
  const finality = chosen.value;

  const runsAhead = settings.outOfTurn === true && onRealSlots;
  const chainClock = watchChainClock({
    ...dependencies,
    chain,
    time,
    slots,
    slotDuration,
    runsAhead,
    onFatal,
  });
  const clockWatch = chainClock.watch;
  const membership =
    settings.network === undefined
      ? undefined
      : joinNetwork(settings.network, {
          ...dependencies,
          isCollator: settings.collator,
          sync: settings.sync ?? "full",
          onFatal,
          chain,
          importer,
          underWay,
          queue,
          pool,
          grandpa: finality.grandpa,
          isOld: header => isOld(slots.startOf(header), {time, duration: slots.durationOf(header)}),
          onAnnounced: (block, header, isCatchingUp) => {
            const slot = slotOf(header.digest);
            const begins = slots.startOf(header);
            if (slot === undefined || begins === undefined) return;
            chainClock.announced(block, {slot, begins}, isCatchingUp);
          },
        });

  const missed = new Listeners<[slot: Slot, why: MissedWhy, begins: Millis]>(onFatal);
  const made = new Listeners<[block: MadeBlock]>(onFatal);
  const authors = createAuthors(
    {
      seal: settings.seal,
      outOfTurn: settings.outOfTurn ?? false,
      force: settings.forceAuthoring,
      isSilenced: settings.isSilenced ?? (() => false),
    },
    {
      ...dependencies,
      chain,
      pool,
      maker,
      buildingTime,
      underWay,
      standing: membership,
      time,
      clockStatus: () => clockWatch.status,
      onMade: block => {
        // Beside a block of another node for the slot it is one half of a proof.
        equivocations.note(block.slot, block.authority, block.hash, chain.header(block.hash)!);
        made.tell(block);
      },
      onMissed: (slot, why, begins) => missed.tell(slot, why, begins),
      onFatal,
    },
  );
  const unfollow = followChain(chain, pool, hash, signatures);
  const pruner = new Pruner({...dependencies, chain, onFatal});

  return ok({
    chain,
    pool,
    importer,
    answers,
    inherents,
    finality,
    membership,
    equivocations,
    isStateOnly,
    demand: authors.demand,
    outOfTurn: authors.outOfTurn,
    time,
    slots,
    slotDuration,
    pruner,
    complaint: () => (settings.collator ? authors.complaint : NO_COLLATOR),
    clockWatch,
    clockStatus: () => clockWatch.status,
    onBlockMade: listener => made.add(listener),
    onImported: listener => importListeners.add(listener),
    onSlotMissed: listener => missed.add(listener),
    async start() {
      tellOfHeldFinality(finality, {canBeMadeOnDemand: !onRealSlots, logger});
      finality.start();
      const joined = await membership?.start();
      if (joined !== undefined && !joined.ok) return joined;
      if (settings.collator) authors.start();
      chainClock.start();
      pruner.start();
      return ok();
    },
    async stop() {
      chainClock.stop();
      await authors.stop();
      await membership?.stop();
      await queue.stop();
      await finality.stop();
      await pruner.stop();
      await chain.settled().catch(onFatal);
      unfollow();
    },
  });
}

/** Of failures the first is the cause; those that follow from it would only hide it. */
function firstCause(tell: (report: Report) => void): {
  readonly stopWith: (report: Report) => void;
  readonly onFatal: (error: unknown) => void;
} {
  let isOver = false;
  const stopWith = (report: Report) => {
    if (!isOver) tell(report);
    isOver = true;
  };
  return {stopWith, onFatal: error => stopWith(fatalReport(error))};
}

/** Milliseconds of a slot where no block is made, and what there is of slots is looked at by nobody. */
const ANY_SLOT = 6_000;

const NO_COLLATOR: Complaint = {
  code: "not-a-collator",
  text: "this node runs without --collator",
};
