/**
 * What a handler is given: the node's answers, what all clients of a server share, and what the one client has open. A
 * handler takes of it what it names, and nothing is handed on whole.
 *
 * Out of scope: what a method is (`declare`), and who may call it (`dispatch`).
 */
export {Connection} from "./connection.ts";
export {createRpcContext, type RpcContext, type RpcContextOptions} from "./rpc-context.ts";
