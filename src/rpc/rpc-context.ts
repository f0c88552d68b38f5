import type {Clock, Logger, OneAtATime} from "#base";
import type {Hashing} from "#crypto";
import {StorageWatch} from "./access/storage-watch.ts";
import type {ChainBackend, NodeInfo, PoolBackend, RpcBackend} from "./backend/index.ts";
import type {ProcessBudgets} from "./budgets/index.ts";
import {Turn} from "./dispatch/turn.ts";
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
  /** Who follows which keys of the state. */
  readonly storageWatch: StorageWatch;
  /** Large answers being gathered, of all clients. */
  readonly walks: OneAtATime;
  /** A share of the thread for work of this client that takes its time. */
  readonly turn: () => Turn;
  /** For turns of another client. */
  readonly turnOf: (client: object) => Turn;
  /** Logs an exception of work that no request waits for. */
  readonly onBug: (error: unknown) => void;
  /** What the client has open beside subscriptions; undefined where nothing but replies can be sent. */
  readonly connection?: Connection;
}

export interface RpcContextOptions {
  readonly hashing: Hashing;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  readonly unsafeAllowed: boolean;
  readonly maxResponseBytes: number;
  readonly budgets: Pick<ProcessBudgets, "thread" | "walks">;
}

/** For all clients of one server. */
export function createRpcContext(
  {chain, pool, node}: RpcBackend,
  {hashing, clock, logger, unsafeAllowed, maxResponseBytes, budgets}: RpcContextOptions,
): RpcContext {
  const {thread, walks} = budgets;
  const turnOf = (client: object) => new Turn(clock, thread, client);
  return {
    chain,
    pool,
    node,
    hashing,
    blockJson: new BlockJsonCache(chain),
    runtimeEvents: new RuntimeEvents(chain),
    storageWatch: new StorageWatch(chain),
    walks,
    turn: () => turnOf({}),
    turnOf,
    unsafeAllowed,
    maxResponseBytes,
    onBug: error => logger.log("error", "rpc", "work for a client broke off", {error}),
  };
}
