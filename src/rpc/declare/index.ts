/**
 * How a method or a subscription is declared: its names, a reader for each parameter, what it answers, and the handler. All
 * else follows from the declaration: reading and refusing what clients send, `rpc_methods`, the OpenRPC document, docs.
 *
 * Out of scope: which methods there are (`methods`), and when one runs (`dispatch`).
 */
export type {ItemSink} from "../json-rpc/item-sink.ts";
export type {Declaration} from "./declaration.ts";
export {type Method, method, type Outcome, ReplyThen} from "./method.ts";
export {inOrder, optional, type Param, param, readParams} from "./param.ts";
export type {JsonSchema, Reader} from "./reader.ts";
export * from "./readers.ts";
export {type Started, type Subscription, subscription} from "./subscription.ts";
