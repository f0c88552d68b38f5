import {type Clock, err, type Logger, ok} from "#base";
import type {ProcessBudgets} from "../budgets/index.ts";
import type {Turn} from "../budgets/turn.ts";
import type {RpcContext} from "../context/rpc-context.ts";
import {
  inOrder,
  type Outcome,
  readParams,
  type Started,
  type Subscription,
} from "../declare/index.ts";
import type {Params, RpcRequest} from "../json-rpc/request.ts";
import {
  INVALID_REQUEST,
  invalidParams,
  METHOD_NOT_FOUND,
  NEEDS_WEB_SOCKET,
  rateLimited,
  SERVER_BUSY,
  tooManySubscriptions,
  unsafeCall,
} from "../json-rpc/rpc-error.ts";
import type {MethodTable} from "./method-table.ts";
import type {RpcObserver} from "./observer.ts";
import type {RateLimit} from "./rate-limit.ts";
import type {Subscriptions} from "./subscriptions.ts";

/** On whose behalf messages are answered. */
export interface Caller {
  readonly table: MethodTable;
  readonly context: RpcContext;
  readonly budgets: ProcessBudgets;
  /** 0: batches are refused. */
  readonly maxBatchLength: number;
  readonly turn: Turn;
  readonly observer: RpcObserver;
  readonly clock: Clock;
  /** Absent where calls are not counted. */
  readonly rateLimit?: RateLimit | undefined;
  readonly logger: Logger;
  /** Absent where nothing can be sent but replies. */
  readonly subscriptions?: Subscriptions;
}

/** What waits for the reply to be out. */
export type AfterReply = () => void;

/** Runs one request. What it begins (a subscription, a long answer) is added to `after`, to be called after the reply. */
export function call(
  {id, method: name, params}: RpcRequest,
  caller: Caller,
  after: AfterReply[],
): Outcome | Promise<Outcome> {
  const {rateLimit, clock} = caller;
  const wait = rateLimit?.take(clock.now()) ?? 0;
  if (rateLimit !== undefined && wait > 0) return err(rateLimited(rateLimit.perMinute, wait));
  const entry = caller.table.get(name);
  if (entry === undefined) return err(METHOD_NOT_FOUND);
  if (entry.kind === "unsubscribe") return unsubscribe(entry.subscription, params, caller);
  const declaration = entry.kind === "call" ? entry.method : entry.subscription;
  if (declaration.unsafe && !caller.context.unsafeAllowed) return err(unsafeCall(name));
  const args = readParams(declaration.params, params);
  if (!args.ok) return err(invalidParams(args.error));
  if (entry.kind === "call") return entry.method.invoke(caller.context, args.value);
  if (caller.subscriptions === undefined) return err(NEEDS_WEB_SOCKET);
  // Nobody would learn the id.
  if (id === undefined) return err(INVALID_REQUEST);
  return subscribe(entry.subscription, args.value, caller.subscriptions, caller, after);
}

function subscribe(
  declaration: Subscription,
  args: readonly unknown[],
  subscriptions: Subscriptions,
  caller: Caller,
  after: AfterReply[],
): Outcome | Promise<Outcome> {
  const subscription = subscriptions.open(declaration);
  if (subscription === "too-many") return err(tooManySubscriptions(subscriptions.limit));
  if (subscription === "busy") return err(SERVER_BUSY);
  const settle = (started: Started): Outcome => {
    if (!started.ok) {
      subscription.end();
      return started;
    }
    subscription.onStop(started.value);
    after.push(() => subscription.activate());
    return ok(subscription.id);
  };
  const onBug = (error: unknown): never => {
    subscription.end();
    throw error;
  };
  try {
    const started = declaration.start(caller.context, subscription, args);
    return started instanceof Promise ? started.then(settle, onBug) : settle(started);
  } catch (error) {
    return onBug(error);
  }
}

function unsubscribe(declaration: Subscription, params: Params, {subscriptions}: Caller): Outcome {
  const given = inOrder(["subscription"], params);
  if (!given.ok) return err(invalidParams(given.error));
  const [id] = given.value;
  if (typeof id !== "string" && typeof id !== "number") {
    return err(invalidParams("subscription: expected the id that subscribing answered"));
  }
  const known = subscriptions?.close(declaration, String(id)) ?? false;
  return ok(declaration.unsubscribed === "null" ? null : known);
}
