import type {ServerResponse} from "node:http";
import {errorReply} from "../json-rpc/reply.ts";
import {NO_ID} from "../json-rpc/request.ts";
import {INVALID_REQUEST, type RpcError, SERVER_BUSY} from "../json-rpc/rpc-error.ts";

export const JSON_TYPE = "application/json";

const BUSY_STATUSES = new Set([429, 503]);

/** What a request that is not taken gets, as JSON-RPC: clients parse whatever the status is. */
export function refusalBody(status: number, reason: string): string {
  const {code, message} = BUSY_STATUSES.has(status) ? SERVER_BUSY : INVALID_REQUEST;
  return errorReply(NO_ID, {code, message, data: reason});
}

export function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {"content-type": JSON_TYPE}).end(refusalBody(status, reason));
}

export function refuseWith(response: ServerResponse, status: number, error: RpcError): void {
  response.writeHead(status, {"content-type": JSON_TYPE}).end(errorReply(NO_ID, error));
}
