import {rmSync} from "node:fs";
import {join} from "node:path";
import {err, formatReport, type Logger, ok, type Report, type Result} from "#base";
import {type GenesisMakers, genesisToStore} from "#chain-spec";
import type {CryptoSuite} from "#crypto";
import {openSlotFiles} from "#desk";
import {makeFolder} from "#durable-file";
import {createMemorySigningGuard} from "#keystore";
import {FilePeerStore} from "#network";
import {
  chainFolders,
  describeOpenFailure,
  genesisHashOf,
  INDEX_PACE,
  type OpenedChain,
  openChainStore,
} from "#store";
import type {NodeConfiguration} from "./configuration.ts";
import {checkDisk} from "./disk-space.ts";
import {guardOnDisk} from "./guard-on-disk.ts";
import {openKeystore} from "./open-keystore.ts";
import {loadPeerIdentity, type PeerIdentity, peerIdentityOf} from "./peer-identity.ts";
import {policyOf, policyWhenNew} from "./pruning-wishes.ts";
import type {Cleanups, NodeResources} from "./resources.ts";

/** Opens, or begins, what a node keeps under its base path. A failure is in words. */
export async function openOnDisk(
  configuration: NodeConfiguration,
  {
    crypto,
    makers,
    logger,
    isRehearsal,
    onFatal,
  }: {
    readonly crypto: CryptoSuite;
    readonly isRehearsal: boolean;
    readonly makers: GenesisMakers;
    readonly logger: Logger;
    readonly onFatal: (report: Report) => void;
  },
  cleanups: Cleanups,
): Promise<Result<NodeResources, string>> {
  const {spec, basePath, seal} = configuration;
  makeFolder(basePath);
  if (configuration.throwAway) {
    cleanups.push(() => rmSync(basePath, {recursive: true, force: true}));
  }
  const folders = chainFolders(basePath, spec.id);
  const disk = checkDisk(configuration);
  if (!disk.ok) return err(formatReport(disk.error));
  const opened = await openChain(configuration, makers, isRehearsal, logger);
  if (!opened.ok) return opened;
  cleanups.push(() => opened.value.close());
  const keystore = openKeystore(configuration, folders.keystore, crypto);
  if (!keystore.ok) return keystore;
  const identity = openIdentity(configuration, folders.nodeKey);
  if (!identity.ok) return err(formatReport(identity.error));
  return ok({
    store: opened.value.store,
    keystore: keystore.value,
    // Slots and votes must outlive a crash, unless the folder does not. Blocks on demand are on disk before anybody sees their seals.
    guard:
      seal.kind === "slots" && !configuration.throwAway
        ? guardOnDisk(folders.guard, {logger, onFatal})
        : createMemorySigningGuard(),
    identity: identity.value,
    slotKeeper: openSlotFiles(join(folders.chain, "slots")),
    peerStore: new FilePeerStore(join(folders.chain, "network", "peers.json"), logger),
  });
}

function openIdentity(
  {network}: NodeConfiguration,
  standard: string,
): Result<PeerIdentity, Report> {
  const {nodeKey} = network;
  if (nodeKey !== undefined && "secret" in nodeKey) return ok(peerIdentityOf(nodeKey.secret));
  return loadPeerIdentity(nodeKey?.file ?? standard);
}

async function openChain(
  configuration: NodeConfiguration,
  makers: GenesisMakers,
  isRehearsal: boolean,
  logger: Logger,
): Promise<Result<OpenedChain, string>> {
  const {spec, basePath, pruning = {}, stateMemory = INDEX_PACE.memory} = configuration;
  const asked = policyOf(pruning, makers.hashing);
  const hash = (data: Uint8Array) => makers.hashing.blockHash(data);
  const built = genesisToStore(spec.genesis, makers);
  if (!built.ok) return err(formatReport(built.error));
  const genesis = built.value;
  const opened = await openChainStore(
    chainFolders(basePath, spec.id),
    {hash: genesisHashOf(genesis), build: () => genesis},
    hash,
    {
      pruning: asked,
      flatIndex: {...INDEX_PACE, memory: stateMemory},
      pruningWhenNew: {...policyWhenNew(configuration, isRehearsal), ...asked},
      onRaised: bytes =>
        logger.log(
          "info",
          "store",
          "bringing the database of an earlier release into this one's layout",
          {
            bytes,
          },
        ),
    },
  );
  return opened.ok ? opened : err(describeOpenFailure(opened.error));
}
