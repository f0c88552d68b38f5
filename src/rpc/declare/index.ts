export type {ItemSink} from "../json-rpc/item-sink.ts";
export type {Declaration} from "./declaration.ts";
export {type Method, method, type Outcome, ReplyThen} from "./method.ts";
export {inOrder, optional, type Param, param, readParams} from "./param.ts";
export type {JsonSchema, Reader} from "./reader.ts";
export * from "./readers.ts";
export {type Started, type Subscription, subscription} from "./subscription.ts";
