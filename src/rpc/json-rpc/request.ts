import {err, ok, type Result} from "#base";

export type RequestId = number | string | null;

export interface RpcRequest {
  /** Undefined in a notification, which gets no reply; 0 and "" are ids like any other. */
  readonly id: RequestId | undefined;
  readonly method: string;
  /** Undefined when parameters were given by name. */
  readonly params: readonly unknown[] | undefined;
}

const NO_PARAMS: readonly unknown[] = [];

/** A request from parsed JSON; the failure is the id to answer under. */
export function readRequest(json: unknown): Result<RpcRequest, RequestId> {
  if (typeof json !== "object" || json === null) return err(null);
  const {jsonrpc, id, method, params} = json as Record<string, unknown>;
  if (id !== undefined && !isRequestId(id)) return err(null);
  if (jsonrpc !== "2.0" || typeof method !== "string") return err(id ?? null);
  if (params === undefined || params === null) return ok({id, method, params: NO_PARAMS});
  if (typeof params !== "object") return err(id ?? null);
  return ok({id, method, params: Array.isArray(params) ? params : undefined});
}

function isRequestId(value: unknown): value is RequestId {
  return typeof value === "number" || typeof value === "string" || value === null;
}
