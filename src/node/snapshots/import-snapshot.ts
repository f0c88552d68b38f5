import {existsSync} from "node:fs";
import {bytesToHex, equalBytes, err, ok, type Report, type Result} from "#base";
import {type ChainSpec, genesisToStore} from "#chain-spec";
import {Blockchain, type FinalityChoice, originOf, type SnapshotOrigin} from "#core";
import {type CryptoSuite, withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {makeFolder} from "#durable-file";
import {Snapshot, type SnapshotProgress} from "#snapshot";
import {
  type ChainStore,
  chainFolders,
  checkFreeSpace,
  databaseFile,
  describeOpenFailure,
  genesisHashOf,
  openChainStore,
  purgeChain,
} from "#store";
import {missingFolders, removeEmpty} from "../made-folders.ts";
import {policyWhenNew} from "../pruning-wishes.ts";
import {finalityOf, rehearsalSettings} from "../rehearsal.ts";
import {createRuntimes, genesisMakers} from "../runtimes.ts";

export interface ImportWishes {
  readonly spec: ChainSpec;
  readonly basePath: string;
  readonly folder: string;
  /** What makes blocks final; the voters that the runtime names where nothing is said. */
  readonly finality: FinalityChoice | undefined;
  /** The hash of the block that the operator knows to be final, where that cannot be proved. */
  readonly trusted: Uint8Array | undefined;
  readonly onProgress: (progress: SnapshotProgress) => void;
}

export interface ImportedSnapshot {
  readonly snapshot: Snapshot;
  readonly isProved: boolean;
  /** The block was there, and only its state was not. */
  readonly isFilled: boolean;
  /** Block and state were there: nothing was done. */
  readonly isThere: boolean;
  /** Chunks that were there already, of an import that broke off. */
  readonly resumedAt: number;
}

type ImportFailure = Report | string;

/** What a state takes on disk beside its rows, about: nodes of the trie, and pages that are not full. */
const DISK_FACTOR = 2.5;

/**
 * Begins a chain with the block of a snapshot, in a database that is empty or holds no more than the chain's first block; or gives a
 * block that is there its state, if it came without one.
 */
export async function importSnapshot(
  wishes: ImportWishes,
): Promise<Result<ImportedSnapshot, ImportFailure>> {
  const {spec, basePath, folder} = wishes;
  const crypto = withBlockHashing(await createNativeCrypto(), spec.blockHashing);
  const opened = await Snapshot.open(folder, crypto.hashing);
  if (!opened.ok) return opened;
  const snapshot = opened.value;
  const runtimes = createRuntimes(crypto);
  const makers = genesisMakers(crypto, runtimes);
  const genesis = genesisToStore(spec.genesis, makers);
  if (!genesis.ok) return genesis;
  const folders = chainFolders(basePath, spec.id);
  const isNew = !existsSync(databaseFile(folders));
  const made = missingFolders(folders.database);
  makeFolder(basePath);
  const checked = checkChain(snapshot, genesisHashOf(genesis.value), basePath);
  if (!checked.ok) {
    removeEmpty(made);
    return checked;
  }
  const settings = rehearsalSettings(spec);
  const isRehearsal = settings.ok && settings.value !== undefined;
  const database = await openChainStore(
    folders,
    {hash: genesisHashOf(genesis.value), build: () => genesis.value},
    data => crypto.hashing.blockHash(data),
    {takesImport: true, pruningWhenNew: policyWhenNew({spec}, isRehearsal)},
  );
  if (!database.ok) return err(describeOpenFailure(database.error));
  const {store, close} = database.value;
  let isUseless = false;
  try {
    const taken = await takeIn(store, snapshot, wishes, {crypto, runtimes});
    isUseless = isNew && !taken.ok && store.imports.unfinished === undefined;
    return taken;
  } finally {
    await close();
    if (isUseless) {
      purgeChain(basePath, spec.id);
      removeEmpty(made);
    }
  }
}

/** Removes what there is of a snapshot that was not imported whole; false where there is nothing. */
export async function discardImport(
  spec: ChainSpec,
  basePath: string,
): Promise<Result<boolean, ImportFailure>> {
  const folders = chainFolders(basePath, spec.id);
  if (!existsSync(databaseFile(folders))) return ok(false);
  const crypto = withBlockHashing(await createNativeCrypto(), spec.blockHashing);
  const genesis = genesisToStore(spec.genesis, genesisMakers(crypto));
  if (!genesis.ok) return genesis;
  const database = await openChainStore(
    folders,
    {hash: genesisHashOf(genesis.value), build: () => genesis.value},
    data => crypto.hashing.blockHash(data),
    {takesImport: true},
  );
  if (!database.ok) return err(describeOpenFailure(database.error));
  const {store, close} = database.value;
  const isThere = store.imports.unfinished !== undefined;
  await store.imports.discard();
  await close();
  return ok(isThere);
}

function checkChain(
  {manifest, folder}: Snapshot,
  genesisHash: Uint8Array,
  basePath: string,
): Result<void, Report> {
  const expected = bytesToHex(genesisHash);
  if (manifest.chain.genesisHash !== expected) {
    return err({
      code: "genesis-mismatch",
      what: "the snapshot is of another chain",
      facts: [
        ["snapshot", `${manifest.chain.name}, ${manifest.chain.genesisHash}`],
        ["chain", expected],
      ],
      did: "imported nothing",
      todo: "name the chain spec that the snapshot is of: --chain FILE",
    });
  }
  const needed = Math.ceil(manifest.components.state.unpacked * DISK_FACTOR);
  const space = checkFreeSpace(basePath, needed);
  if (space.ok) return ok();
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 1_048_576)} MiB`;
  return err({
    code: "disk-low",
    what: "there is too little space for the snapshot's state",
    facts: [
      ["snapshot", folder],
      ["path", space.error.path],
      ["free", mebibytes(space.error.free)],
      ["needed", `about ${mebibytes(needed)}`],
    ],
    did: "imported nothing",
    todo: "make room, or choose another --base-path",
  });
}

async function takeIn(
  store: ChainStore,
  snapshot: Snapshot,
  wishes: ImportWishes,
  {crypto, runtimes}: {crypto: CryptoSuite; runtimes: ReturnType<typeof createRuntimes>},
): Promise<Result<ImportedSnapshot, ImportFailure>> {
  const {decoded, hash, header, body, finality} = snapshot.block;
  const {number, parentHash} = decoded;
  const known = store.blocks.record(hash);
  if (known !== undefined && store.pruning.lacksState(known)) return fill(store, snapshot, wishes);
  if (known !== undefined && store.pruning.hasState(known) && store.blocks.isCanonical(known)) {
    return ok({snapshot, isProved: false, isFilled: false, isThere: true, resumedAt: 0});
  }
  if (!store.isAtStart || store.gap !== undefined || number <= store.best.number) {
    return err(notEmpty(store, snapshot));
  }
  const chain = Blockchain.open(store, runtimes, fault => {
    throw fault;
  });
  if (!chain.ok) return chain;
  const runtime = chain.value.runtimeOf(chain.value.head.state);
  const choice = finalityOf(wishes.spec, wishes.finality, runtime.ok ? runtime.value : undefined);
  if (!choice.ok) return choice;
  const parts = {store, chain: chain.value, choice: choice.value, crypto};
  const origin = originOf(parts, {hash, number}, finality);
  if (!origin.ok) return origin;
  const believed = checkTrust(origin.value, snapshot, wishes.trusted);
  if (!believed.ok) return believed;
  const taken = await takeState(store, snapshot, wishes);
  if (!taken.ok) return taken;
  const {state, resumedAt} = taken.value;
  const runnable = chain.value.runtimeOf(state.state);
  if (!runnable.ok) return err(notRunnable(snapshot, runnable.error));
  const block = {hash, number, parentHash, header, body, state: state.ref};
  const own = origin.value.own;
  // Proofs that others will ask for are those that were followed; what else the file has nobody checked.
  store.leapTo(block, {justifications: origin.value.justifications, own});
  await store.flushed();
  return ok({
    snapshot,
    isProved: origin.value.isProved,
    isFilled: false,
    isThere: false,
    resumedAt,
  });
}

/** Puts back the state of a block that the chain has, which so is one of the chain. */
async function fill(
  store: ChainStore,
  snapshot: Snapshot,
  wishes: ImportWishes,
): Promise<Result<ImportedSnapshot, ImportFailure>> {
  const taken = await takeState(store, snapshot, wishes);
  if (!taken.ok) return taken;
  const {state, resumedAt} = taken.value;
  store.pruning.fillState(store.blocks.knownRecord(snapshot.block.hash), state.ref);
  await store.flushed();
  return ok({snapshot, isProved: true, isFilled: true, isThere: false, resumedAt});
}

/** Brings the state in, from the chunk on at which an earlier import broke off. */
async function takeState(store: ChainStore, snapshot: Snapshot, wishes: ImportWishes) {
  const {stateRoot} = snapshot.block.decoded;
  const arriving = await store.imports.begin({id: snapshot.id, root: stateRoot});
  const resumedAt = arriving.pieces;
  let rows = 0;
  const {chunks} = snapshot.manifest.components.state;
  for (let index = 0; index < snapshot.chunks; index++) {
    rows += chunks[index]!.rows;
    if (index < resumedAt) continue;
    const chunk = await snapshot.chunk(index);
    if (!chunk.ok) return chunk;
    const added = await arriving.add(chunk.value.rows, chunk.value.edge);
    if (!added.ok) return err(snapshot.wrong(index, added.error));
    const part = (index + 1) / snapshot.chunks;
    wishes.onProgress({rows, chunks: index + 1, ofChunks: snapshot.chunks, part});
  }
  const state = await arriving.finish();
  if (!state.ok) return err(snapshot.wrong(snapshot.chunks, state.error));
  return ok({state: state.value, resumedAt});
}

function checkTrust(
  {isProved}: SnapshotOrigin,
  {manifest, block}: Snapshot,
  trusted: Uint8Array | undefined,
): Result<void, Report> {
  if (trusted !== undefined && !equalBytes(trusted, block.hash)) {
    return err({
      code: "block-differs",
      what: "the snapshot is of another block than the one that was named",
      facts: [
        ["snapshot", `block ${manifest.block.number}, ${manifest.block.hash}`],
        ["named", bytesToHex(trusted)],
      ],
      did: "imported nothing",
      todo: "get the snapshot of that block, or name the block that you trust",
    });
  }
  if (isProved || trusted !== undefined) return ok();
  return err({
    code: "block-not-proved",
    what: "nothing proves that the snapshot's block is one of the chain",
    facts: [["block", `${manifest.block.number}, ${manifest.block.hash}`]],
    did: "imported nothing",
    todo: `ask somebody you trust for the hash of block ${manifest.block.number}, then say it: --block ${manifest.block.hash}`,
  });
}

const notEmpty = (store: ChainStore, {manifest}: Snapshot): Report => ({
  code: "database-not-empty",
  what: "the database holds more of the chain than its first block",
  facts: [
    ["best", `block ${store.best.number}`],
    ["snapshot", `block ${manifest.block.number}`],
  ],
  did: "imported nothing",
  todo: "name an empty --base-path, or khala purge-chain first, keys stay where they are; of a chain that began above, only states that never came are put back, if their blocks are there by now and --state-pruning keeps them",
});

const notRunnable = ({manifest}: Snapshot, reason: string): Report => ({
  code: "code-unusable",
  what: "this program cannot run the runtime in the snapshot's state",
  facts: [
    ["code", manifest.codeHash],
    ["reason", reason],
  ],
  did: "did not begin there; what came in stays",
  todo: "khala snapshot import --discard; then take a release that runs it",
});
