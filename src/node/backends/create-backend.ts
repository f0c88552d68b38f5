import type {Clock} from "#base";
import type {Hashing} from "#crypto";
import type {Keystore} from "#keystore";
import {
  type CollatorBackend,
  createKeysBackend,
  type LogBackend,
  type RpcBackend,
  type SessionBackend,
  type StorageBackend,
} from "#rpc";
import {KHALA_SS58_PREFIX} from "#runtime";
import {type ChainStore, freeSpace} from "#store";
import type {NodeConfiguration} from "../configuration.ts";
import type {NodeCore} from "../core/assemble-core.ts";
import type {LogFilter} from "../logging/console-logger.ts";
import {SESSION_KEY_TYPES} from "../session-key-types.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {createChainBackend} from "./chain-backend.ts";
import {createDryRunBackend} from "./dry-run-backend.ts";
import {createFinalityBackend} from "./finality-backend.ts";
import {createNetworkBackend} from "./network-backend.ts";
import {createNodeInfo} from "./node-info.ts";
import {createOffchainBackend} from "./offchain-backend.ts";
import {createPoolBackend} from "./pool-backend.ts";
import {createProcessBackend} from "./process-backend.ts";
import {createProducerBackend} from "./producer-backend.ts";
import {createReplayBackend} from "./replay-backend.ts";
import {createSpecBackend} from "./spec-backend.ts";
import {createTimeTools} from "./time-tools.ts";

/** A node as RPC clients see it. */
export function createBackend(
  configuration: NodeConfiguration,
  core: NodeCore,
  deps: {
    readonly keystore: Keystore;
    readonly signatures: SignatureChecks;
    readonly session: SessionBackend;
    readonly peerId: string;
    readonly store: ChainStore;
    readonly hashing: Hashing;
    readonly logFilter: LogFilter | undefined;
    readonly collator: CollatorBackend;
    readonly storage: StorageBackend;
    readonly clock: Clock;
    /** Hears of clients' listeners that throw. */
    readonly onFault: (fault: unknown) => void;
  },
): RpcBackend {
  const {chain, pool, demand, membership, outOfTurn} = core;
  const {hashing, logFilter, store} = deps;
  const host = {verifySignature: deps.signatures.verifySignature};
  const addresses = () => membership?.snapshot().listenAddresses ?? [];
  return {
    chain: createChainBackend(chain, host, deps.onFault),
    pool: createPoolBackend(pool),
    dryRun: createDryRunBackend(chain, host),
    keys: createKeysBackend(deps.keystore, SESSION_KEY_TYPES),
    session: deps.session,
    collator: deps.collator,
    storage: deps.storage,
    process: createProcessBackend(
      configuration.inMemory === true ? undefined : () => freeSpace(configuration.basePath),
    ),
    finality: createFinalityBackend(core),
    replay: createReplayBackend(chain, host, hashing),
    offchain: createOffchainBackend(store),
    spec: createSpecBackend(configuration.spec, addresses, hashing),
    ...(logFilter === undefined ? {} : {log: logBackendOf(logFilter)}),
    ...(demand === undefined ? {} : {producer: createProducerBackend(demand, core, deps.clock)}),
    ...(outOfTurn === undefined ? {} : {timeTools: createTimeTools(core, outOfTurn, hashing)}),
    ...(membership === undefined ? {} : {network: createNetworkBackend(membership)}),
    node: createNodeInfo(configuration, core, {
      peerId: deps.peerId,
      ss58Prefix: KHALA_SS58_PREFIX,
    }),
  };
}

const logBackendOf = (filter: LogFilter): LogBackend => ({
  addFilter: directives => filter.add(directives),
  resetFilter: () => filter.reset(),
});
