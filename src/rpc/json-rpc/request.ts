import {err, ok, type Result} from "#base";

/** The JSON text of an id: a number, a string or `null`, as the client wrote it. */
export type RequestId = string;

/** Under which is answered what has no id. */
export const NO_ID: RequestId = "null";

/** Parameters in a list by position, or in an object by name. */
export type Params = readonly unknown[] | Readonly<Record<string, unknown>>;

export interface RpcRequest {
  /** Undefined in a notification, which gets no reply; 0 and "" are ids like any other. */
  readonly id: RequestId | undefined;
  readonly method: string;
  readonly params: Params;
}

const NO_PARAMS: readonly unknown[] = [];

/** A request from parsed JSON and the text of its id; the failure is the id to answer under. */
export function readRequest(
  json: unknown,
  idText: string | undefined,
): Result<RpcRequest, RequestId> {
  if (typeof json !== "object" || json === null) return err(NO_ID);
  const {jsonrpc, id, method, params} = json as Record<string, unknown>;
  if (id !== undefined && !isRequestId(id)) return err(NO_ID);
  if (jsonrpc !== "2.0" || typeof method !== "string") return err(idText ?? NO_ID);
  if (params === undefined || params === null) return ok({id: idText, method, params: NO_PARAMS});
  if (typeof params !== "object") return err(idText ?? NO_ID);
  return ok({id: idText, method, params: params as Params});
}

function isRequestId(value: unknown): boolean {
  return typeof value === "number" || typeof value === "string" || value === null;
}
