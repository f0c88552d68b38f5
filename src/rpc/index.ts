/**
 * The JSON-RPC server: one port for HTTP and WebSocket and a socket for the operator; Substrate's legacy methods and the
 * newer groups, one file a method under `methods/`. A message comes in through `server/`, is taken apart by `dispatch/`,
 * and ends in a declared method, which reads a node that it knows only as the interfaces of `questions/`. `chain-head`,
 * `storage-query` and `broadcast` are what the newer groups are made of.
 *
 * What a client may ask for is what is declared: `rpc_methods`, `open-rpc` and the checks of parameters follow from the
 * declarations, and a method that needs a part which the node does not have is not listed.
 *
 * Out of scope: the node itself, who is allowed to connect from where beyond Origin and Host (put a proxy in
 * front of a public node), TLS.
 */

export {createKeysAnswers, type SessionKeyRuntime} from "./access/keys-of-keystore.ts";
export {createMethodTable, type MethodTable} from "./dispatch/method-table.ts";
export type {RpcObserver} from "./dispatch/observer.ts";
export {methodsFor} from "./methods/index.ts";
export type {Stop} from "./questions/chain.ts";
export * from "./questions/index.ts";
export {DEFAULT_LIMITS, type RpcLimits} from "./server/limits.ts";
export {describeListenFailure, type ListenFailure} from "./server/listen-failure.ts";
export {describeSocketFailure, type SocketFailure} from "./server/local-socket.ts";
export {
  type AllowedOrigins,
  DEFAULT_ORIGINS,
  type OriginsFailure,
  parseOrigins,
} from "./server/origin-policy.ts";
export type {Pages, ServedFile} from "./server/pages.ts";
export {parseExempt, type RateLimitOptions} from "./server/rate-limits.ts";
export {
  type MethodPolicy,
  type RpcAddress,
  type RpcClient,
  RpcServer,
  type RpcServerDependencies,
  type RpcServerOptions,
} from "./server/rpc-server.ts";
export {timeToolError} from "./shapes/time-tool-error.ts";
