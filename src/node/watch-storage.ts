import {statSync} from "node:fs";
import {type Clock, type Logger, millis} from "#base";
import type {NodeCore} from "#core";
import type {CryptoSuite} from "#crypto";
import type {StorageQuestions, StorageStatus} from "#rpc";
import {type ChainStore, chainFolders, databaseFile, freeSpace} from "#store";
import {changePruning, pruningStatus} from "./answers/pruning.ts";
import {createStorageAnswers} from "./answers/storage.ts";
import {palletsWithStorage, unknownPallet} from "./answers/storage-pallets.ts";
import type {NodeConfiguration} from "./configuration.ts";
import {mendFromPeers} from "./mend-from-peers.ts";
import type {Cleanups} from "./resources.ts";
import {scrubDatabase} from "./scrub-database.ts";

/** Between two looks through a thousand records of blocks, in milliseconds: a million take ten seconds, and hold nobody up. */
const PAUSE = 8;

/** What is asked for every few seconds, so that nothing is counted for it. */
export interface StorageFigures {
  /** Bytes of the database's file; undefined where nothing is kept. */
  readonly size: number | undefined;
  /** Damages that were found since the node was started, and are still there. */
  readonly damages: number;
  readonly index: StorageStatus["index"];
}

export interface WatchedStorage {
  readonly questions: StorageQuestions;
  readonly figures: () => StorageFigures;
}

/** Looks at what the chain takes on the disk, for as long as the node runs. */
export function watchStorage(
  {basePath, spec, inMemory}: NodeConfiguration,
  store: ChainStore,
  {
    clock,
    wallClock,
    logger,
    crypto,
    core,
  }: {
    readonly clock: Clock;
    readonly wallClock: Clock;
    readonly logger: Logger;
    readonly crypto: Pick<CryptoSuite, "hashing" | "signatures">;
    readonly core: Pick<NodeCore, "pruner" | "chain" | "membership" | "finality">;
  },
  cleanups: Cleanups,
): WatchedStorage {
  const abort = new AbortController();
  cleanups.push(() => abort.abort(new Error("stopping")));
  const file = databaseFile(chainFolders(basePath, spec.id));
  const onDisk = (look: () => number) => () => (inMemory === true ? undefined : look());
  const signal = abort.signal;
  const findings =
    inMemory === true
      ? {damages: new Set<string>(), mended: 0, roundOverAt: undefined, cameUpon: () => {}}
      : scrubDatabase(store, {
          clock,
          wallClock,
          logger,
          mend: mendFromPeers(core, crypto, {
            signal,
            pause: () => clock.until(millis(clock.now() + PAUSE), signal),
          }),
          onMended: () => core.pruner.mended(),
          signal,
        });
  const known = () => palletsWithStorage(core.chain);
  warnOfUnknownPallets(store, logger, known);
  const size = onDisk(() => statSync(file, {throwIfNoEntry: false})?.size ?? 0);
  const questions = createStorageAnswers({
    size,
    freeSpace: onDisk(() => freeSpace(basePath)),
    pruning: () => pruningStatus(store.pruning),
    setPruning(change) {
      const changed = changePruning(store.pruning, change, crypto.hashing, known);
      if (changed.ok) {
        const {states, blocks} = changed.value;
        logger.log("info", "store", "what is kept was changed", {states, blocks});
        core.pruner.wake();
      }
      return changed;
    },
    count: () => store.countComposition(),
    clock,
    wallClock,
    signal,
    findings,
    index: () => indexStatus(store),
    onBug: error => logger.log("error", "store", "the database could not be counted", {error}),
  });
  const figures = () => ({
    size: size(),
    damages: findings.damages.size,
    index: indexStatus(store),
  });
  return {questions, figures};
}

/** A slip in a flag would be found when the states are gone. */
function warnOfUnknownPallets(
  {pruning}: ChainStore,
  logger: Logger,
  known: () => readonly string[] | undefined,
): void {
  const names = pruning.policy.pallets.map(({name}) => name);
  const unknown = names.length === 0 ? undefined : unknownPallet(names, known());
  if (unknown !== undefined) logger.log("warn", "store", `--keep-pallet: ${unknown}`);
}

/** Undefined where there is none: of a chain in memory, or of a state that the trie answers for faster. */
function indexStatus({index}: ChainStore): StorageStatus["index"] {
  const status = index?.status();
  return status === undefined || (status.blocks === 0 && !status.isReady) ? undefined : status;
}
