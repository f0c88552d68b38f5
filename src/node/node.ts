import {randomBytes, randomInt} from "node:crypto";
import {
  type Clock,
  err,
  formatReport,
  type Logger,
  ok,
  type Report,
  type Result,
  reportFault,
} from "#base";
import type {Blockchain, ChainTime, InherentProvider, MadeBlock} from "#core";
import {assembleCore, fatalReport, type NodeCore, SignatureChecks, StateUnreadable} from "#core";
import {type CryptoSuite, withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {
  ChainFacts,
  CollatorDesk,
  KeyHolder,
  type KeyReadiness,
  keyReadiness,
  SlotJournal,
  watchKeys,
} from "#desk";
import type {Keystore} from "#keystore";
import type {TransactionPool} from "#pool";
import type {RehearsalSettings} from "#rehearsal";
import type {NetQuestions, TimeTools} from "#rpc";
import type {RuntimeEngine, RuntimeHost} from "#runtime-api";
import {freeSpace, StoreFault} from "#store";
import {createRpcAnswers, createSessionAnswers} from "./answers/index.ts";
import type {NodeConfiguration} from "./configuration.ts";
import {insertConfiguredKeys} from "./dev-keys.ts";
import {watchDisk} from "./disk-space.ts";
import {judgeOfOwnBlocks} from "./judging/index.ts";
import type {LogFilter} from "./logging/index.ts";
import {createMetrics, type MetricsAddress} from "./metrics/index.ts";
import {networkSettings} from "./network-settings.ts";
import {openInMemory} from "./open-in-memory.ts";
import {openOnDisk} from "./open-on-disk.ts";
import {rehearsingNode, standInRelay, withVotersOfRuntime} from "./rehearsal.ts";
import type {Cleanups, SharedProcess} from "./resources.ts";
import {runtimeLog} from "./runtime-log.ts";
import {createRuntimes, genesisMakers} from "./runtimes.ts";
import {serveMetrics} from "./serve-metrics.ts";
import {type RpcPlaces, serveRpc} from "./serve-rpc.ts";
import {serveStateOnly} from "./serve-state-only.ts";
import {startTelemetry} from "./start-telemetry.ts";
import {signatureThreads, validationThreads} from "./threads.ts";
import {TrapLog} from "./traps/index.ts";
import {warnOfBlockHashing} from "./warn-of-block-hashing.ts";
import {createWatch, noteHistory, watchClock, watchOver} from "./watch-over.ts";
import {watchStorage} from "./watch-storage.ts";
import {yieldThread} from "./yield-thread.ts";

export interface NodeDependencies {
  /** Steady, for waits and deadlines. */
  readonly clock: Clock;
  /** Date and time of day, by which slots go. */
  readonly wallClock: Clock;
  readonly logger: Logger;
  /** What the logger lets pass, where operators may change that. */
  readonly logFilter?: LogFilter;
  /** Called when the node cannot go on and why; it is then to be stopped. */
  readonly onFatal: (report: Report) => void;
  /** Ways to run runtimes beside those of this program. */
  readonly engines?: readonly RuntimeEngine[];
  /** What blocks are given from outside beside the time. */
  readonly inherents?: readonly InherentProvider[];
  /** Who tells of all nodes, for one of a network on this machine. */
  readonly net?: NetQuestions | undefined;
  /** For one of many nodes in a process. */
  readonly shared?: SharedProcess;
}

/** Everything of a running node that its surroundings may use. */
export interface RunningNode {
  readonly core: NodeCore;
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly keystore: Keystore;
  readonly crypto: CryptoSuite;
  readonly time: ChainTime;
  readonly session: ReturnType<typeof createSessionAnswers>;
  readonly slotDuration: () => number;
  /** What the chain is rehearsed by; undefined for all others. */
  readonly rehearsal: RehearsalSettings | undefined;
  /** What developers do with a dev chain; undefined of all others. */
  readonly timeTools: TimeTools | undefined;
  /** Says the truth at once. */
  readonly verifySignature: RuntimeHost["verifySignature"];
  readonly rpc: RpcPlaces;
  /** Where metrics are; undefined where they are not served. */
  readonly metrics: MetricsAddress | undefined;
  /** Where peers reach it: multiaddrs that end in `/p2p/…`. */
  listenAddresses(): readonly string[];
  /** Whether it has what a collator signs with. */
  keyReadiness(): KeyReadiness;
  onBlockMade(listener: (block: MadeBlock) => void): void;
  /** Drains, closes, and removes what was to be thrown away. */
  stop(): Promise<void>;
}

/** Words for a person: why the node did not start. */
export type StartFailure = string;

const refuse = (report: Report): Result<never, StartFailure> => err(formatReport(report));

/** Puts a node together and starts it. On a failure all that was begun is closed again. */
export async function startNode(
  configuration: NodeConfiguration,
  dependencies: NodeDependencies,
): Promise<Result<RunningNode, StartFailure>> {
  const cleanups: Cleanups = [];
  const undo = async () => {
    const failures: unknown[] = [];
    for (const cleanup of cleanups.splice(0).reverse()) {
      // One that fails must not keep the lock, or the folder that was to go.
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  const node = await assemble(configuration, dependencies, cleanups).catch(async error => {
    await undo();
    return refusedBySystem(error);
  });
  if (!node.ok) {
    await undo();
    return node;
  }
  let stopping: Promise<void> | undefined;
  return ok({
    ...node.value,
    stop() {
      stopping ??= undo();
      return stopping;
    },
  });
}

/** What the system does not allow, or the disk does not have, is for the operator to mend; anything else is a bug and thrown on. */
function refusedBySystem(error: unknown): Result<never, StartFailure> {
  if (error instanceof StateUnreadable || error instanceof StoreFault)
    return refuse(fatalReport(error));
  if (!(error instanceof Error && "syscall" in error)) throw error;
  return refuse({
    code: "system-refused",
    what: error.message,
    did: "not started",
    todo: "see to it that the files are there and may be read and written, or choose another --base-path",
  });
}

/** Uniform in [0, 1), not to be guessed by peers. */
const random = () => randomInt(2 ** 32) / 2 ** 32;

async function assemble(
  given: NodeConfiguration,
  deps: NodeDependencies,
  cleanups: Cleanups,
): Promise<Result<Omit<RunningNode, "stop">, StartFailure>> {
  const {clock, wallClock, logger, shared} = deps;
  let hasFailed = false;
  const onFatal = (report: Report) => {
    hasFailed = true;
    deps.onFatal(report);
  };
  const rehearsing = rehearsingNode(given);
  if (!rehearsing.ok) return refuse(rehearsing.error);
  const rehearsal = rehearsing.value;
  const asked = rehearsal?.configuration ?? given;
  const {blockHashing} = asked.spec;
  const suite = shared?.crypto ?? (await createNativeCrypto(randomBytes));
  const crypto = withBlockHashing(suite, blockHashing);
  const signatures =
    shared?.signatures ?? new SignatureChecks(crypto, signatureThreads(asked, deps, cleanups));
  const runtimes =
    shared?.runtimes ??
    createRuntimes(crypto, {
      engines: deps.engines,
      log: runtimeLog(logger, deps.logFilter),
      traps: new TrapLog(clock, logger),
    });
  const makers = genesisMakers(crypto, runtimes);
  const resources = asked.inMemory
    ? await openInMemory(asked, crypto, makers)
    : await openOnDisk(
        asked,
        {crypto, makers, logger, isRehearsal: rehearsal !== undefined, onFatal},
        cleanups,
      );
  if (!resources.ok) return resources;
  const {store, keystore, guard, identity, peerStore, slotKeeper} = resources.value;
  warnOfBlockHashing(blockHashing, store, runtimes, logger);
  const configuration =
    rehearsal === undefined
      ? serveStateOnly(asked, store, runtimes, logger)
      : withVotersOfRuntime(asked, store, runtimes);
  const {isStateOnly = false} = configuration;
  // Before anything looks into the keystore.
  const inserted = insertConfiguredKeys(configuration, resources.value, runtimes, crypto);
  if (!inserted.ok) return inserted;

  const {verifySignature} = signatures;
  const proofSize = rehearsal?.settings.proofSize ?? "unrecorded";
  const judging = {runtimes, proofSize, verifySignature, logger};
  const judge = judgeOfOwnBlocks(configuration, store, judging);
  if (!judge.ok) return refuse(judge.error);

  const relay = standInRelay(rehearsal?.settings, crypto);
  const validation = validationThreads(asked, deps, signatures, cleanups);
  const core = assembleCore(
    {
      collator: configuration.collator,
      forceAuthoring: configuration.forceAuthoring,
      seal: configuration.seal,
      outOfTurn: configuration.spec.chainType === "Development" && !isStateOnly,
      isStateOnly,
      pool: configuration.pool,
      sync: configuration.sync,
      ...(configuration.finality === undefined ? {} : {finality: configuration.finality}),
      proofSize,
      ...(rehearsal === undefined ? {} : {pace: rehearsal.pace}),
      network: networkSettings(configuration, {
        identity,
        genesisHash: store.genesis.hash,
        peerStore,
        transport: shared?.transport,
        clock,
        logger,
        random,
      }),
    },
    {
      runtimes,
      judge: judge.value,
      inherents: [...(deps.inherents ?? []), ...relay.inherents],
      store,
      keystore,
      guard,
      crypto,
      signatures,
      validatesElsewhere: validation,
      clock,
      wallClock,
      logger,
      random,
      yieldThread,
      onFatal,
    },
  );
  if (!core.ok) return refuse(core.error);
  // What the start writes, where the node ends before its core runs and is stopped.
  cleanups.push(() =>
    core.value.chain.settled().catch((error: unknown) => onFatal(fatalReport(error))),
  );

  const facts = new ChainFacts(core.value.chain, {verifySignature}, crypto.hashing);
  const session = createSessionAnswers(core.value.chain, facts, core.value);
  // What clients ask of a node that has failed fails for the same reason.
  const onFault = (fault: unknown) => {
    if (!hasFailed) reportFault(logger, "rpc", fault);
  };
  const journal = new SlotJournal(
    slotKeeper,
    core.value.time,
    error => {
      logger.log(
        "error",
        "slots",
        "what became of own slots cannot be written, and ends with this process",
        {error},
      );
    },
    onFault,
  );
  const desk = new CollatorDesk({
    core: core.value,
    facts,
    holder: new KeyHolder(keystore, store),
    journal,
    isCollator: configuration.collator,
    thread: {clock, yieldThread},
    onFault,
  });
  cleanups.push(() => desk.stop());
  // In memory there is nothing to run out of.
  const free = () => (configuration.inMemory ? undefined : freeSpace(configuration.basePath));
  const storage = watchStorage(configuration, store, {...deps, crypto, core: core.value}, cleanups);
  const metrics = createMetrics({
    configuration,
    core: core.value,
    store,
    storage: storage.figures,
    desk,
    journal,
    freeSpace: free,
  });
  const scraped = await serveMetrics(configuration, metrics, logger, cleanups);
  if (!scraped.ok) return scraped;
  const watched = {core: core.value, desk, freeSpace: free, clock, wallClock, logger};
  const watch = createWatch(configuration, watched, cleanups);
  const answers = createRpcAnswers(configuration, core.value, {
    keystore,
    signatures,
    session,
    facts,
    peerId: identity.peerId,
    store,
    makers,
    crypto,
    ...relay.tools,
    logFilter: deps.logFilter,
    collator: desk,
    ...(watch === undefined ? {} : {alerts: watch}),
    net: deps.net,
    storage: storage.questions,
    clock,
    yieldThread,
    onFault,
  });
  const served = await serveRpc(
    configuration,
    {
      hashing: crypto.hashing,
      randomBytes: length => new Uint8Array(randomBytes(length)),
      clock,
      logger,
      ...(configuration.prometheus === undefined ? {} : {observer: metrics.rpc}),
      answers,
    },
    cleanups,
  );
  if (!served.ok) return served;

  cleanups.push(() => core.value.stop());
  const started = await core.value.start();
  if (!started.ok) return refuse(started.error);
  const {peerId} = identity;
  const telling = {
    core: core.value,
    genesisHash: store.genesis.hash,
    peerId,
    clock,
    wallClock,
    logger,
  };
  startTelemetry(configuration, telling, cleanups);
  watchClock(configuration, core.value, {clock, wallClock, logger}, cleanups);
  noteHistory(desk, watched, cleanups);
  if (watch !== undefined) watchOver(watch, watched, cleanups);
  const readiness = () => keyReadiness(desk.status(), keystore.keys("aura").length > 0);
  if (configuration.collator) {
    cleanups.push(
      watchKeys({
        readiness,
        session: () => session.current(),
        isSyncing: () => desk.status().head.isSyncing,
        onBest: listener => core.value.chain.on("best", listener),
        logger,
      }),
    );
  }
  if (!configuration.inMemory) cleanups.push(watchDisk(configuration, clock, onFatal));
  // Before the server waits for answers under way, of which a thread in a long call would have none.
  cleanups.push(() => validation?.abandon());

  return ok({
    core: core.value,
    chain: core.value.chain,
    pool: core.value.pool,
    keystore,
    crypto,
    time: core.value.time,
    session,
    slotDuration: core.value.slotDuration,
    rehearsal: rehearsal?.settings,
    timeTools: answers.timeTools,
    verifySignature,
    rpc: served.value,
    metrics: scraped.value,
    listenAddresses: () => core.value.membership?.snapshot().listenAddresses ?? [],
    keyReadiness: readiness,
    onBlockMade: listener => core.value.onBlockMade(listener),
  });
}
