import type {Clock, Millis} from "#base";
import type {GenesisMakers} from "#chain-spec";
import type {NodeCore, SignatureChecks} from "#core";
import type {CryptoSuite} from "#crypto";
import {addressPrefix} from "#description";
import type {ChainFacts} from "#desk";
import type {Keystore} from "#keystore";
import {
  type AlertQuestions,
  type CollatorQuestions,
  createKeysAnswers,
  type LogQuestions,
  type NetQuestions,
  type RpcQuestions,
  type SessionQuestions,
  type StorageQuestions,
} from "#rpc";
import {type ChainStore, freeSpace} from "#store";
import type {NodeConfiguration} from "../configuration.ts";
import type {LogFilter} from "../logging/index.ts";
import type {RelayMail} from "../relay-mail.ts";
import {createChainAnswers} from "./chain.ts";
import {createDryRunAnswers} from "./dry-run.ts";
import {createEquivocationAnswers} from "./equivocations.ts";
import {createGrandpaAnswers} from "./grandpa.ts";
import {createNetworkAnswers} from "./network.ts";
import {createNodeInfo} from "./node-info.ts";
import {createOffchainAnswers} from "./offchain.ts";
import {createPoolAnswers} from "./pool.ts";
import {createProcessAnswers} from "./process.ts";
import {createProducerAnswers} from "./producer.ts";
import {createReplayAnswers} from "./replay.ts";
import {createSessionKeyRuntime} from "./session-keys.ts";
import {createSnapshotAnswers} from "./snapshots.ts";
import {createSpecAnswers} from "./spec.ts";
import {createTimeTools} from "./time-tools.ts";

/**
 * Milliseconds for a call that a client asks for, where clients may be strangers: some runtimes have functions that take as
 * long as they are told to, and while one runs, no block is made.
 */
const STRANGERS_PATIENCE = 2_000;
/** The same where they are this machine's users: longer than any call takes that answers something in the end. */
const PATIENCE = 10_000;
/** Addresses by which only this machine's users come. */
const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** A node as RPC clients see it. */
export function createRpcAnswers(
  configuration: NodeConfiguration,
  core: NodeCore,
  deps: {
    readonly keystore: Keystore;
    readonly signatures: SignatureChecks;
    readonly session: SessionQuestions;
    readonly facts: ChainFacts;
    readonly peerId: string;
    readonly store: ChainStore;
    readonly makers: GenesisMakers;
    readonly crypto: CryptoSuite;
    /** Of a rehearsal: what the relay chain is made to say. */
    readonly mail?: RelayMail;
    /** Of a chain whose relay chain ends: no block can be later. */
    readonly timeEnds?: Millis;
    readonly logFilter: LogFilter | undefined;
    readonly collator: CollatorQuestions;
    readonly alerts?: AlertQuestions;
    readonly net?: NetQuestions | undefined;
    readonly storage: StorageQuestions;
    /** Steady. */
    readonly clock: Clock;
    readonly yieldThread: () => Promise<void>;
    /** Hears of clients' listeners that throw. */
    readonly onFault: (fault: unknown) => void;
  },
): RpcQuestions {
  const {chain, pool, demand, membership, outOfTurn} = core;
  const {grandpa} = core.finality;
  const {makers, crypto, logFilter, store} = deps;
  // Whoever limits how often clients call has strangers among them, if only behind a proxy on this machine.
  const isOpen =
    !LOOPBACK.includes(configuration.rpc.host) || configuration.rpc.rateLimit !== undefined;
  const {verifySignature} = deps.signatures;
  const host = isOpen
    ? {
        verifySignature,
        isAsked: true,
        // Short enough for a block to be begun in its slot all the same.
        get patience() {
          return Math.floor(Math.min(STRANGERS_PATIENCE, core.slotDuration() / 4));
        },
      }
    : {verifySignature, isAsked: true, patience: PATIENCE};
  const addresses = () => membership?.snapshot().listenAddresses ?? [];
  return {
    chain: createChainAnswers(chain, host, deps, deps.onFault),
    pool: createPoolAnswers(pool, demand),
    dryRun: createDryRunAnswers(chain, host),
    keys: createKeysAnswers(deps.keystore, createSessionKeyRuntime(chain, host)),
    session: deps.session,
    collator: deps.collator,
    ...(deps.net === undefined ? {} : {net: deps.net}),
    ...(deps.alerts === undefined ? {} : {alerts: deps.alerts}),
    storage: deps.storage,
    snapshots: createSnapshotAnswers(configuration.spec, core, crypto.hashing, deps.clock),
    process: createProcessAnswers(
      configuration.inMemory === true ? undefined : () => freeSpace(configuration.basePath),
    ),
    ...(grandpa === undefined ? {} : {grandpa: createGrandpaAnswers(chain, grandpa)}),
    equivocations: createEquivocationAnswers(core),
    replay: createReplayAnswers(chain, host, crypto),
    offchain: createOffchainAnswers(store),
    spec: createSpecAnswers(configuration.spec, addresses, makers),
    ...(logFilter === undefined ? {} : {log: logAnswersOf(logFilter)}),
    ...(demand === undefined ? {} : {producer: createProducerAnswers(demand, core, deps.clock)}),
    ...(outOfTurn === undefined
      ? {}
      : {timeTools: createTimeTools(core, outOfTurn, host, crypto, deps)}),
    ...(membership === undefined ? {} : {network: createNetworkAnswers(membership)}),
    node: createNodeInfo(configuration, core, {
      peerId: deps.peerId,
      ss58Prefix() {
        const described = deps.facts.description(chain.best().hash);
        return addressPrefix(
          described.ok ? described.value : undefined,
          configuration.spec.properties,
        );
      },
    }),
  };
}

const logAnswersOf = (filter: LogFilter): LogQuestions => ({
  addFilter: directives => filter.add(directives),
  resetFilter: () => filter.reset(),
});
