import type {Logger} from "#base";
import type {Hashing} from "#crypto";
import type {ChainBackend, NodeInfo, PoolBackend, RpcBackend} from "./backend/index.ts";
import type {Connection} from "./server/connection.ts";
import {BlockJsonCache} from "./shapes/block-json-cache.ts";
import {RuntimeEvents} from "./shapes/runtime-events.ts";

/** What every handler is given. */
export interface RpcContext {
  readonly chain: ChainBackend;
  readonly pool: PoolBackend;
  readonly node: NodeInfo;
  readonly hashing: Hashing;
  /** JSON that every client asks for at every block, made once. */
  readonly blockJson: BlockJsonCache;
  readonly runtimeEvents: RuntimeEvents;
  /** Whether unsafe calls are allowed on this server. */
  readonly unsafeAllowed: boolean;
  /** A handler that would answer with more than this many bytes may as well stop. */
  readonly maxResponseBytes: number;
  /** Logs an exception of work that no request waits for. */
  readonly onBug: (error: unknown) => void;
  /** What the client has open beside subscriptions; undefined where nothing but replies can be sent. */
  readonly connection?: Connection;
}

export interface RpcContextOptions {
  readonly hashing: Hashing;
  readonly logger: Logger;
  readonly unsafeAllowed: boolean;
  readonly maxResponseBytes: number;
}

/** For all clients of one server. */
export function createRpcContext(
  {chain, pool, node}: RpcBackend,
  {hashing, logger, unsafeAllowed, maxResponseBytes}: RpcContextOptions,
): RpcContext {
  return {
    chain,
    pool,
    node,
    hashing,
    blockJson: new BlockJsonCache(chain),
    runtimeEvents: new RuntimeEvents(chain),
    unsafeAllowed,
    maxResponseBytes,
    onBug: error => logger.log("error", "rpc", "work for a client broke off", {error}),
  };
}
