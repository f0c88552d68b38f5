import {randomBytes} from "node:crypto";
import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {type Clock, err, formatReport, type Logger, ok, type Report, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import type {Keystore} from "#keystore";
import {TransactionPool} from "#pool";
import {createKeysBackend, describeListenFailure, RpcServer} from "#rpc";
import {KHALA_SS58_PREFIX} from "#runtime";
import {chainFolders, describeOpenFailure, type OpenedChain, openChainStore} from "#store";
import {BlockMaker, type MadeBlock} from "./author/block-maker.ts";
import {DemandAuthor} from "./author/demand-author.ts";
import {SlotAuthor} from "./author/slot-author.ts";
import {createChainBackend} from "./backends/chain-backend.ts";
import {createDryRunBackend} from "./backends/dry-run-backend.ts";
import {createPoolBackend} from "./backends/pool-backend.ts";
import {createProducerBackend} from "./backends/producer-backend.ts";
import {createSessionBackend} from "./backends/session-backend.ts";
import {createValidator} from "./backends/validate.ts";
import {BlockImporter} from "./chain/block-importer.ts";
import {Blockchain} from "./chain/blockchain.ts";
import {genesisBlock, genesisEntries} from "./chain-spec/index.ts";
import type {NodeConfiguration} from "./configuration.ts";
import {checkDisk, watchDisk} from "./disk-space.ts";
import {openKeystore} from "./open-keystore.ts";
import {loadPeerId} from "./peer-identity.ts";
import {RuntimeResolver} from "./runtime-resolver.ts";
import {SESSION_KEY_TYPES} from "./session-key-types.ts";
import {SignatureChecks} from "./signatures/signature-checks.ts";
import type {ChainTime} from "./time/chain-time.ts";
import {openChainTime} from "./time/open-chain-time.ts";

export interface NodeDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when the node cannot go on and why; it is then to be stopped. */
  readonly onFatal: (report: Report) => void;
}

/** Everything of a running node that its surroundings may use. */
export interface RunningNode {
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly importer: BlockImporter;
  readonly keystore: Keystore;
  readonly crypto: CryptoSuite;
  readonly time: ChainTime;
  readonly session: ReturnType<typeof createSessionBackend>;
  readonly slotDuration: () => number;
  readonly rpc: {readonly host: string; readonly port: number};
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
  const cleanups: (() => Promise<void> | void)[] = [];
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

/** What the system does not allow is for the operator to mend; anything else is a bug and thrown on. */
function refusedBySystem(error: unknown): Result<never, StartFailure> {
  if (!(error instanceof Error && "syscall" in error)) throw error;
  return refuse({
    code: "system-refused",
    what: error.message,
    did: "not started",
    todo: "see to it that the files are there and may be read and written, or choose another --base-path",
  });
}

async function assemble(
  configuration: NodeConfiguration,
  {clock, logger, onFatal}: NodeDependencies,
  cleanups: (() => Promise<void> | void)[],
): Promise<Result<Omit<RunningNode, "stop">, StartFailure>> {
  const {spec, basePath} = configuration;
  mkdirSync(basePath, {recursive: true});
  if (configuration.throwAway) {
    cleanups.push(() => rmSync(basePath, {recursive: true, force: true}));
  }
  const crypto = await createNativeCrypto(randomBytes);
  const {hashing} = crypto;
  const workers = new SignaturePool({workers: configuration.signatureWorkers}, {logger});
  cleanups.push(() => workers.stop());
  // Not awaited: workers warm up while the rest starts; what is asked before then waits.
  workers
    .start()
    .catch((error: unknown) => onFatal({code: "signature-workers-failed", what: String(error)}));
  const signatures = new SignatureChecks(crypto, workers);

  const folders = chainFolders(basePath, spec.id);
  const disk = checkDisk(configuration);
  if (!disk.ok) return refuse(disk.error);
  const opened = await openChain(configuration, crypto);
  if (!opened.ok) return opened;
  const {store} = opened.value;
  cleanups.push(() => opened.value.close());
  const resolver = new RuntimeResolver(hashing);
  const chain = Blockchain.open(store, resolver, clock);
  if (!chain.ok) {
    return refuse({
      code: "chain-not-runnable",
      what: chain.error,
      did: "not started, changed nothing",
      todo: "run the program that this chain was made with, or choose another --chain or --base-path",
    });
  }
  cleanups.push(() =>
    chain.value.settled().catch((error: unknown) => {
      logger.log("error", "store", "the last blocks did not reach the disk", {error});
    }),
  );

  const keystore = openKeystore(configuration, folders.keystore, crypto);
  if (!keystore.ok) return keystore;

  const pool = new TransactionPool(configuration.pool, {
    clock,
    logger,
    hash: bytes => hashing.blake2b256(bytes),
    validate: createValidator(chain.value, signatures),
  });
  chain.value.on("best", ({hash, number}) => {
    pool.blockEnacted({hash, number, body: chain.value.body(hash) ?? []});
  });
  chain.value.on("finalized", ({hash}) => pool.blockFinalized(hash));

  const listeners = new Set<(block: MadeBlock) => void>();
  const onMade = (block: MadeBlock) => {
    for (const listener of listeners) listener(block);
  };
  const maker = new BlockMaker({
    chain: chain.value,
    pool,
    keystore: keystore.value,
    crypto,
    signatures,
    clock,
    logger,
    finalizeOwn: true,
  });
  const duration = maker.slotDuration();
  if (!duration.ok) return refuse({code: duration.error.code, what: "the runtime has no slots"});
  const slotDuration = () => duration.value;
  const time = openChainTime(store, {
    clock,
    onRealSlots: configuration.seal.kind === "slots",
    lastBlock: chain.value.head.header,
    slotDuration: duration.value,
  });
  const fatal = (error: unknown) =>
    onFatal({
      code: "authoring-broken",
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
      did: "the node stops; what is on disk is whole",
      todo: "start it again; if it comes back, report it with these lines",
    });
  const demand =
    configuration.seal.kind === "slots"
      ? undefined
      : new DemandAuthor(configuration.seal, {
          maker,
          pool,
          clock,
          time,
          logger,
          onMade,
          onFatal: fatal,
        });

  const host = {verifySignature: signatures.verifySignature};
  const session = createSessionBackend(chain.value, host, {now: () => time.now(), slotDuration});
  const peerId = loadPeerId(join(folders.chain, "network", "secret_ed25519"));
  if (!peerId.ok) return refuse(peerId.error);
  const started = chain.value.best().number;
  const server = new RpcServer(
    {
      methods: configuration.rpc.methods,
      ...(configuration.rpc.origins === undefined ? {} : {origins: configuration.rpc.origins}),
      limits: configuration.rpc.limits,
    },
    {
      hashing,
      randomBytes: length => new Uint8Array(randomBytes(length)),
      clock,
      logger,
      backend: {
        chain: createChainBackend(chain.value, host),
        pool: createPoolBackend(pool),
        dryRun: createDryRunBackend(chain.value, host),
        keys: createKeysBackend(keystore.value, SESSION_KEY_TYPES),
        session,
        ...(demand === undefined ? {} : {producer: createProducerBackend(demand, chain.value)}),
        node: {
          name: "khala",
          version: configuration.version,
          chain: spec.name,
          chainType: spec.chainType,
          properties: spec.properties,
          role: configuration.collator ? "Authority" : "Full",
          ss58Prefix: KHALA_SS58_PREFIX,
          localPeerId: peerId.value,
          listenAddresses: () => [],
          health: () => ({peers: 0, isSyncing: false, shouldHavePeers: false}),
          syncState() {
            const {number} = chain.value.best();
            return {startingBlock: started, currentBlock: number, highestBlock: number};
          },
          peers: () => [],
        },
      },
    },
  );
  const address = await server.listen(configuration.rpc);
  if (!address.ok) return err(describeListenFailure(address.error));
  cleanups.push(() => server.close());

  if (configuration.collator) {
    const author = demand ?? new SlotAuthor({maker, clock: time, logger, onMade, onFatal: fatal});
    author.start();
    cleanups.push(() => author.stop());
  }
  cleanups.push(watchDisk(configuration, clock, onFatal));

  return ok({
    chain: chain.value,
    pool,
    importer: new BlockImporter({chain: chain.value, crypto, signatures, clock: time}),
    keystore: keystore.value,
    crypto,
    time,
    session,
    slotDuration,
    rpc: address.value,
    onBlockMade: listener => {
      listeners.add(listener);
    },
  });
}

async function openChain(
  {spec, basePath}: NodeConfiguration,
  {hashing}: CryptoSuite,
): Promise<Result<OpenedChain, StartFailure>> {
  const hash = (data: Uint8Array) => hashing.blake2b256(data);
  const genesis = genesisBlock(genesisEntries(spec.genesis, hashing), 0, hashing);
  const opened = await openChainStore(
    chainFolders(basePath, spec.id),
    {
      hash: genesis.hash,
      build: () => ({
        hash: genesis.hash,
        number: 0,
        parentHash: genesis.header.parentHash,
        header: genesis.headerBytes,
        body: [],
        state: genesis.state.trie,
      }),
    },
    hash,
  );
  return opened.ok ? opened : err(describeOpenFailure(opened.error));
}
