import type {Result} from "#base";
import type {RpcContext} from "../context/rpc-context.ts";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {Param, ValuesOf} from "./param.ts";

/** What a call comes to: anything `JSON.stringify` takes, a `RawJson`, or a `ReplyThen`. */
export type Outcome = Result<unknown, RpcError>;

/** A result after which something begins that tells the client more: not before the reply is out. */
export class ReplyThen {
  readonly value: unknown;
  readonly begin: () => void;

  constructor(value: unknown, begin: () => void) {
    this.value = value;
    this.begin = begin;
  }
}

/** A method as the server handles it. */
export interface Method {
  readonly kind: "method";
  readonly name: string;
  readonly aliases: readonly string[];
  /** Harmful or costly in a stranger's hands: refused where the server is told to (spec/rpc §1). */
  readonly unsafe: boolean;
  /** Makes, takes, or tells of what the node keeps for itself: session keys, and the local storage of offchain workers. */
  readonly secretive: boolean;
  readonly params: readonly Param<unknown>[];
  /** The shape of the result, for the reference page. */
  readonly result: string;
  invoke(context: RpcContext, args: readonly unknown[]): Outcome | Promise<Outcome>;
}

/** Declares a method: the types of the handler's arguments follow from `params`. */
export function method<const P extends readonly Param<unknown>[]>(declaration: {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly unsafe?: true;
  readonly secretive?: true;
  readonly params: P;
  readonly result: string;
  handle(context: RpcContext, ...args: ValuesOf<P>): Outcome | Promise<Outcome>;
}): Method {
  const {name, aliases = [], unsafe = false, secretive = false, params, result} = declaration;
  return {
    kind: "method",
    name,
    aliases,
    unsafe,
    secretive,
    params,
    result,
    invoke: (context, args) => declaration.handle(context, ...(args as ValuesOf<P>)),
  };
}
