import type {Result} from "#base";
import type {RpcContext} from "../context/rpc-context.ts";
import type {ItemSink} from "../json-rpc/item-sink.ts";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {Stop} from "../questions/chain.ts";
import type {Param, ValuesOf} from "./param.ts";

/** `Stop` is called once: when the client unsubscribes, goes away, or after `end`. */
export type Started = Result<Stop, RpcError>;

export interface Subscription {
  readonly kind: "subscription";
  readonly name: string;
  readonly aliases: readonly string[];
  readonly unsubscribe: string;
  readonly unsubscribeAliases: readonly string[];
  /** The `method` of the notifications. */
  readonly notification: string;
  readonly unsafe: boolean;
  /** What unsubscribing answers: whether there was such a subscription, or null in any case (spec/rpc §2). */
  readonly unsubscribed: "known" | "null";
  readonly params: readonly Param<unknown>[];
  /** The shape of an item, for the reference page. */
  readonly item: string;
  start(context: RpcContext, sink: ItemSink, args: readonly unknown[]): Started | Promise<Started>;
}

/** Declares a subscription: the types of the arguments of `start` follow from `params`. */
export function subscription<const P extends readonly Param<unknown>[]>(declaration: {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly unsubscribe: string;
  readonly unsubscribeAliases?: readonly string[];
  readonly notification: string;
  readonly unsubscribed?: "null";
  readonly params: P;
  readonly item: string;
  start(context: RpcContext, sink: ItemSink, ...args: ValuesOf<P>): Started | Promise<Started>;
}): Subscription {
  const {name, aliases = [], unsubscribe, unsubscribeAliases = []} = declaration;
  const {notification, unsubscribed = "known", params, item} = declaration;
  return {
    kind: "subscription",
    name,
    aliases,
    unsubscribe,
    unsubscribeAliases,
    notification,
    unsafe: false,
    unsubscribed,
    params,
    item,
    start: (context, sink, args) => declaration.start(context, sink, ...(args as ValuesOf<P>)),
  };
}
