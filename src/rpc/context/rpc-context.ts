import {type Clock, type Logger, type OneAtATime, ShareOfThread} from "#base";
import type {Hashing} from "#crypto";
import {BlockJsonCache} from "../access/block-json-cache.ts";
import {RuntimeEvents} from "../access/runtime-events.ts";
import {StorageWatch} from "../access/storage-watch.ts";
import type {ProcessBudgets} from "../budgets/index.ts";
import {Turn} from "../budgets/turn.ts";
import type {ChainQuestions} from "../questions/chain.ts";
import type {RpcQuestions} from "../questions/index.ts";
import type {NodeInfo} from "../questions/node-info.ts";
import type {PoolQuestions} from "../questions/pool.ts";
import type {Connection} from "./connection.ts";

/** What every handler is given. */
export interface RpcContext {
  readonly chain: ChainQuestions;
  readonly pool: PoolQuestions;
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
  /** Calls of the runtime whose function the client chose, and with it how long they take. */
  readonly runtimeCalls: ShareOfThread;
  /** A share of the thread for work of this client that takes its time. */
  readonly turn: () => Turn;
  /** For turns of another client. */
  readonly turnOf: (client: object) => Turn;
  /** Told of what was found damaged while answering. */
  readonly onDamage: (damage: Error) => void;
  /** Logs an exception of work that no request waits for. */
  readonly onBug: (error: unknown) => void;
  /** What the client has open beside subscriptions; undefined where nothing but replies can be sent. */
  readonly connection?: Connection;
}

export interface RpcContextOptions {
  readonly hashing: Hashing;
  readonly clock: Clock;
  /** Ends what waits. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly unsafeAllowed: boolean;
  readonly maxResponseBytes: number;
  readonly budgets: Pick<ProcessBudgets, "thread" | "walks">;
}

/**
 * Half of the thread where calls are long, so that blocks are made and others are answered whatever clients ask for; a call of
 * a chain's usual functions takes a few milliseconds, and one of its metadata some tens.
 */
const RUNTIME_CALLS = {share: 1 / 2, free: 20, mostWaiting: 64} as const;

/** For all clients of one server. */
export function createRpcContext(
  {chain, pool, node, storage}: RpcQuestions,
  {hashing, clock, signal, logger, unsafeAllowed, maxResponseBytes, budgets}: RpcContextOptions,
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
    runtimeCalls: new ShareOfThread(clock, RUNTIME_CALLS, signal),
    turn: () => turnOf({}),
    turnOf,
    unsafeAllowed,
    maxResponseBytes,
    onDamage: damage => storage?.cameUpon(damage),
    onBug: error => logger.log("error", "rpc", "work for a client broke off", {error}),
  };
}
