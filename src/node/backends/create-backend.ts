import type {Hashing} from "#crypto";
import type {Keystore} from "#keystore";
import {createKeysBackend, type RpcBackend, type SessionBackend} from "#rpc";
import {KHALA_SS58_PREFIX} from "#runtime";
import type {NodeConfiguration} from "../configuration.ts";
import type {NodeCore} from "../core/assemble-core.ts";
import {SESSION_KEY_TYPES} from "../session-key-types.ts";
import type {SignatureChecks} from "../signatures/signature-checks.ts";
import {createChainBackend} from "./chain-backend.ts";
import {createDryRunBackend} from "./dry-run-backend.ts";
import {createFinalityBackend} from "./finality-backend.ts";
import {createNetworkBackend} from "./network-backend.ts";
import {createNodeInfo} from "./node-info.ts";
import {createPoolBackend} from "./pool-backend.ts";
import {createProducerBackend} from "./producer-backend.ts";
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
    readonly hashing: Hashing;
  },
): RpcBackend {
  const {chain, pool, demand, membership, outOfTurn} = core;
  const host = {verifySignature: deps.signatures.verifySignature};
  return {
    chain: createChainBackend(chain, host),
    pool: createPoolBackend(pool),
    dryRun: createDryRunBackend(chain, host),
    keys: createKeysBackend(deps.keystore, SESSION_KEY_TYPES),
    session: deps.session,
    finality: createFinalityBackend(core),
    ...(demand === undefined ? {} : {producer: createProducerBackend(demand, chain)}),
    ...(outOfTurn === undefined ? {} : {timeTools: createTimeTools(core, outOfTurn, deps.hashing)}),
    ...(membership === undefined ? {} : {network: createNetworkBackend(membership)}),
    node: createNodeInfo(configuration, core, {
      peerId: deps.peerId,
      ss58Prefix: KHALA_SS58_PREFIX,
    }),
  };
}
