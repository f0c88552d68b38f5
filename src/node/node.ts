import {randomBytes, randomInt} from "node:crypto";
import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {type Clock, err, formatReport, type Logger, ok, type Report, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import {createDiskSigningGuard, createMemorySigningGuard, type Keystore} from "#keystore";
import type {TransactionPool} from "#pool";
import {describeListenFailure, RpcServer} from "#rpc";
import {chainFolders, describeOpenFailure, type OpenedChain, openChainStore} from "#store";
import type {MadeBlock} from "./author/block-maker.ts";
import {createBackend} from "./backends/create-backend.ts";
import {createSessionBackend} from "./backends/session-backend.ts";
import type {Blockchain} from "./chain/blockchain.ts";
import {genesisBlock, genesisEntries} from "./chain-spec/index.ts";
import type {NodeConfiguration} from "./configuration.ts";
import {assembleCore, type NodeCore} from "./core/assemble-core.ts";
import {networkSettings} from "./core/network-settings.ts";
import {checkDisk, watchDisk} from "./disk-space.ts";
import {openKeystore} from "./open-keystore.ts";
import {loadPeerIdentity, type PeerIdentity, peerIdentityOf} from "./peer-identity.ts";
import {SignatureChecks} from "./signatures/signature-checks.ts";
import type {ChainTime} from "./time/chain-time.ts";

export interface NodeDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when the node cannot go on and why; it is then to be stopped. */
  readonly onFatal: (report: Report) => void;
}

/** Everything of a running node that its surroundings may use. */
export interface RunningNode {
  readonly core: NodeCore;
  readonly chain: Blockchain;
  readonly pool: TransactionPool;
  readonly keystore: Keystore;
  readonly crypto: CryptoSuite;
  readonly time: ChainTime;
  readonly session: ReturnType<typeof createSessionBackend>;
  readonly slotDuration: () => number;
  readonly rpc: {readonly host: string; readonly port: number};
  /** Where peers reach it: multiaddrs that end in `/p2p/…`. */
  listenAddresses(): readonly string[];
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

/** Uniform in [0, 1), not to be guessed by peers. */
const random = () => randomInt(2 ** 32) / 2 ** 32;

async function assemble(
  configuration: NodeConfiguration,
  {clock, logger, onFatal}: NodeDependencies,
  cleanups: (() => Promise<void> | void)[],
): Promise<Result<Omit<RunningNode, "stop">, StartFailure>> {
  const {spec, basePath, seal} = configuration;
  mkdirSync(basePath, {recursive: true});
  if (configuration.throwAway) {
    cleanups.push(() => rmSync(basePath, {recursive: true, force: true}));
  }
  const crypto = await createNativeCrypto(randomBytes);
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
  const keystore = openKeystore(configuration, folders.keystore, crypto);
  if (!keystore.ok) return keystore;
  const identity = openIdentity(configuration, folders.chain);
  if (!identity.ok) return refuse(identity.error);

  const core = assembleCore(
    {
      collator: configuration.collator,
      forceAuthoring: configuration.forceAuthoring,
      seal,
      pool: configuration.pool,
      sync: configuration.sync,
      network: networkSettings(configuration, {
        identity: identity.value,
        genesisHash: store.genesis.hash,
        peersFile: join(folders.chain, "network", "peers.json"),
        clock,
        logger,
        random,
      }),
    },
    {
      store,
      keystore: keystore.value,
      // Blocks on demand are on disk before anybody sees their seals; slots and votes must outlive a crash.
      guard:
        seal.kind === "slots" ? createDiskSigningGuard(folders.guard) : createMemorySigningGuard(),
      crypto,
      signatures,
      clock,
      logger,
      random,
      breathe: () => new Promise(resolve => setImmediate(resolve)),
      onFatal,
    },
  );
  if (!core.ok) return refuse(core.error);
  cleanups.push(() =>
    core.value.chain.settled().catch((error: unknown) => {
      logger.log("error", "store", "the last blocks did not reach the disk", {error});
    }),
  );

  const session = createSessionBackend(
    core.value.chain,
    {verifySignature: signatures.verifySignature},
    {now: () => core.value.time.now(), slotDuration: core.value.slotDuration},
  );
  const server = new RpcServer(
    {
      methods: configuration.rpc.methods,
      ...(configuration.rpc.origins === undefined ? {} : {origins: configuration.rpc.origins}),
      limits: configuration.rpc.limits,
    },
    {
      hashing: crypto.hashing,
      randomBytes: length => new Uint8Array(randomBytes(length)),
      clock,
      logger,
      backend: createBackend(configuration, core.value, {
        keystore: keystore.value,
        signatures,
        session,
        peerId: identity.value.peerId,
      }),
    },
  );
  const address = await server.listen(configuration.rpc);
  if (!address.ok) return err(describeListenFailure(address.error));
  cleanups.push(() => server.close());

  cleanups.push(() => core.value.stop());
  const started = await core.value.start();
  if (!started.ok) return refuse(started.error);
  cleanups.push(watchDisk(configuration, clock, onFatal));

  return ok({
    core: core.value,
    chain: core.value.chain,
    pool: core.value.pool,
    keystore: keystore.value,
    crypto,
    time: core.value.time,
    session,
    slotDuration: core.value.slotDuration,
    rpc: address.value,
    listenAddresses: () => core.value.membership?.snapshot().listenAddresses ?? [],
    onBlockMade: listener => core.value.onBlockMade(listener),
  });
}

function openIdentity(
  {network}: NodeConfiguration,
  chainFolder: string,
): Result<PeerIdentity, Report> {
  const {nodeKey} = network;
  if (nodeKey !== undefined && "secret" in nodeKey) return ok(peerIdentityOf(nodeKey.secret));
  return loadPeerIdentity(nodeKey?.file ?? join(chainFolder, "network", "secret_ed25519"));
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
