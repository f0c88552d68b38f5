import {randomBytes} from "node:crypto";
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Clock, equalBytes, millis, silentLogger, unwrap} from "#base";
import {type CryptoSuite, WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard, type Keystore} from "#keystore";
import {TransactionPool} from "#pool";
import {type KhalaGenesis, type Parameters, PHA, PRESET_PARAMETERS} from "#runtime";
import {
  type ChainStore,
  chainFolders,
  databaseFile,
  type IndexPace,
  openChainStore,
  type PruningPolicy,
} from "#store";
import {firstState, genesisBlock} from "../src/chain-spec/index.ts";
import {BlockMaker} from "../src/core/author/block-maker.ts";
import {BlockAnswers} from "../src/core/chain/block-answers.ts";
import {BlockImporter} from "../src/core/chain/block-importer.ts";
import {Blockchain} from "../src/core/chain/blockchain.ts";
import {SlotTimes} from "../src/core/chain/slot-times.ts";
import {type Inherents, inherentsOf, timestampInherent} from "../src/core/inherents/index.ts";
import {followChain} from "../src/core/pool/follow-chain.ts";
import {createValidator} from "../src/core/pool/validate.ts";
import {SignatureChecks} from "../src/core/signatures/signature-checks.ts";
import {createRuntimes} from "../src/node/runtimes.ts";

/** A node's parts without RPC and without a clock of its own, over a database on disk. */
export interface BenchNode {
  readonly chain: Blockchain;
  readonly answers: BlockAnswers;
  readonly inherents: Inherents;
  readonly pool: TransactionPool;
  readonly maker: BlockMaker;
  readonly importer: BlockImporter;
  readonly signatures: SignatureChecks;
  /** The threads behind them. */
  readonly threads: SignaturePool;
  readonly crypto: CryptoSuite;
  readonly keystore: Keystore;
  readonly store: ChainStore;
  /** Of the database's file, in bytes. */
  size(): number;
  readonly databaseFile: string;
  /** Time of the chain, set by whoever makes blocks. */
  readonly time: {now: number};
  close(): Promise<void>;
}

const {sr25519: alice, ed25519: aliceVotes} = WELL_KNOWN_ACCOUNTS.find(
  ({name}) => name === "Alice",
)!;

export interface BenchOptions {
  readonly accounts: readonly Uint8Array[];
  /** Of each account; 10 PHA if not said. */
  readonly balance?: bigint;
  readonly parameters?: Partial<Parameters>;
  readonly workers?: number;
  /** A base path that stays, instead of one that is thrown away. */
  readonly basePath?: string;
  /** Secret URIs of the invulnerables, whose keys the node holds; Alice if not said. */
  readonly authors?: readonly string[];
  /** What is kept; all where nothing is said. */
  readonly pruning?: Partial<PruningPolicy>;
  /** Whether the newest states have an index. */
  readonly flatIndex?: boolean | IndexPace;
  /** In place of one of its own: one that remembers what it derived. */
  readonly crypto?: CryptoSuite;
}

/** The chain of these benchmarks: preset dev, Alice the one author, many accounts with 10 PHA each. */
export function benchGenesis(
  {accounts, balance = 10n * PHA, parameters}: BenchOptions,
  authors: readonly Uint8Array[] = [alice],
): {
  parameters: Parameters;
  genesis: KhalaGenesis;
} {
  return {
    parameters: {
      ...PRESET_PARAMETERS.dev,
      sessionPeriod: 100_000,
      kickThreshold: 100_000,
      ...parameters,
    },
    genesis: {
      balances: [
        [alice, 1_000_000n * PHA],
        ...[...accounts, ...authors.filter(author => !equalBytes(author, alice))].map(
          account => [account, balance] as const,
        ),
      ],
      invulnerables: authors,
      sessionKeys: authors.map((author, i) => [
        author,
        {aura: author, grandpa: equalBytes(author, alice) ? aliceVotes : voterKey(i)},
      ]),
      sudo: alice,
    },
  };
}

/** Nobody votes in these benchmarks, but keys have to differ. */
function voterKey(index: number): Uint8Array {
  const key = new Uint8Array(32);
  new DataView(key.buffer).setUint32(0, index + 1);
  return key;
}

export async function openBenchNode(options: BenchOptions): Promise<BenchNode> {
  const {authors = ["//Alice"]} = options;
  const crypto = options.crypto ?? (await createNativeCrypto(randomBytes));
  const keys = authors.map(uri => unwrap(crypto.keyPairs.fromUri("sr25519", uri)).publicKey);
  const {hashing} = crypto;
  const hash = (data: Uint8Array) => hashing.blake2b256(data);
  const time = {now: 1_700_000_000_000};
  const clock: Clock = {
    now: () => millis(time.now),
    until: () => Promise.resolve(),
  };
  const workers = new SignaturePool({workers: options.workers ?? 2}, {logger: silentLogger});
  await workers.start();
  const signatures = new SignatureChecks(crypto, workers);
  const block = genesisBlock(
    unwrap(firstState({kind: "built", ...benchGenesis(options, keys)}, {hashing})),
    0,
    hashing,
  );
  const directory = options.basePath ?? mkdtempSync(join(tmpdir(), "khala-bench-"));
  const opened = await openChainStore(
    chainFolders(directory, "bench"),
    {
      hash: block.hash,
      build: () => ({
        hash: block.hash,
        number: 0,
        parentHash: block.header.parentHash,
        header: block.headerBytes,
        body: [],
        state: block.state,
      }),
    },
    hash,
    {pruning: options.pruning ?? {}, flatIndex: options.flatIndex ?? true},
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const chain = Blockchain.open(opened.value.store, createRuntimes(crypto), fault => {
    throw fault;
  });
  if (!chain.ok) throw new Error(chain.error.what);
  const keystore = createMemoryKeystore({
    keyPairs: crypto.keyPairs,
    randomBytes: length => new Uint8Array(randomBytes(length)),
  });
  for (const [i, uri] of authors.entries()) unwrap(keystore.insert("aura", uri, keys[i]!));
  const pool = new TransactionPool(
    {readyCount: 200_000, readyBytes: 1 << 30},
    {
      clock,
      logger: silentLogger,
      hash,
      validate: createValidator(chain.value, signatures, {
        onFatal: fault => {
          throw fault;
        },
        yieldThread: async () => {},
      }),
      yieldThread: async () => {},
    },
  );
  const answers = new BlockAnswers(chain.value, signatures);
  const inherents = inherentsOf([timestampInherent]);
  followChain(chain.value, pool, hash, signatures);
  const maker = new BlockMaker({
    chain: chain.value,
    answers,
    slots: new SlotTimes(chain.value, answers),
    inherents,
    pool,
    keystore,
    crypto,
    signatures,
    // Of real time, by which its slices go.
    clock: {now: () => millis(performance.now())},
    yieldThread: () => new Promise(resolve => setImmediate(resolve)),
    logger: silentLogger,
    guard: createMemorySigningGuard(),
  });
  const file = databaseFile(chainFolders(directory, "bench"));
  return {
    chain: chain.value,
    answers,
    inherents,
    pool,
    maker,
    importer: new BlockImporter({
      chain: chain.value,
      answers,
      inherents,
      crypto,
      signatures,
      clock,
    }),
    signatures,
    threads: workers,
    crypto,
    keystore,
    store: opened.value.store,
    size: () => statSync(file).size,
    databaseFile: file,
    time,
    async close() {
      await chain.value.settled();
      await workers.stop();
      await opened.value.close();
      if (options.basePath === undefined) rmSync(directory, {recursive: true, force: true});
    },
  };
}

/** Makes a block of what waits, in the next slot. */
export async function makeBlock(node: BenchNode): Promise<{transactions: number}> {
  node.time.now += 500;
  const claim = node.maker.claim(millis(node.time.now));
  if (!claim.ok) throw new Error(claim.error.code);
  const made = await node.maker.make(claim.value, {
    timestamp: millis(Math.max(node.time.now, claim.value.slot * 500)),
    hasTime: () => true,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}
