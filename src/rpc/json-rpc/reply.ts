import {writeJson} from "./raw-json.ts";
import type {RequestId} from "./request.ts";
import type {RpcError} from "./rpc-error.ts";

export function resultReply(id: RequestId, result: unknown): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${writeJson(result)}}`;
}

export function errorReply(id: RequestId, error: RpcError): string {
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify(error)}}`;
}

/** All of a notification but the item and the closing `}}`. */
export function notificationHead(method: string, subscription: string): string {
  return `{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":{"subscription":${JSON.stringify(subscription)},"result":`;
}
