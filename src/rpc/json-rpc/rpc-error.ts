/** What a failed call answers: `data` is shown to people only. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** Codes and texts below -32,000 are JSON-RPC 2.0's own and jsonrpsee's; clients compare them (spec/rpc §1). */
export const PARSE_ERROR: RpcError = {code: -32_700, message: "Parse error"};
export const INVALID_REQUEST: RpcError = {code: -32_600, message: "Invalid request"};
export const METHOD_NOT_FOUND: RpcError = {code: -32_601, message: "Method not found"};
export const INTERNAL_ERROR: RpcError = {code: -32_603, message: "Internal error"};

/** Nothing is answered that does not fit its hash or its checksum. */
export const DATABASE_DAMAGED: RpcError = {
  ...INTERNAL_ERROR,
  data: "this part of the node's database is damaged, and was not answered from: ask another node; its operator finds out with khala db check",
};

/** `reason` names the parameter. */
export const invalidParams = (reason: string): RpcError => ({
  code: -32_602,
  message: "Invalid params",
  data: reason,
});

/** What is told of later, or belongs to a connection, cannot be asked for by a single HTTP request. */
export const NEEDS_WEB_SOCKET: RpcError = {
  ...INTERNAL_ERROR,
  data: "subscriptions need a WebSocket connection",
};

const limitOf = (code: number, message: string, limit: number): RpcError => ({
  code,
  message,
  data: `Exceeded max limit of ${limit}`,
});

export const tooManySubscriptions = (limit: number): RpcError =>
  limitOf(-32_006, "Too many subscriptions on the connection", limit);
export const requestTooBig = (limit: number): RpcError =>
  limitOf(-32_007, "Request is too big", limit);
export const responseTooBig = (limit: number): RpcError =>
  limitOf(-32_008, "Response is too big", limit);
export const batchTooBig = (limit: number): RpcError =>
  limitOf(-32_010, "The batch request was too large", limit);

/** Of one request: more would cost more to parse than it could be worth. */
export const tooManyValues = (limit: number): RpcError => ({
  code: -32_007,
  message: "Request is too big",
  data: `Exceeded max limit of ${limit} values`,
});

/** jsonrpsee's; what all clients have together is used up, and who asks again later may find room. */
export const SERVER_BUSY: RpcError = {code: -32_009, message: "Server is busy, try again later"};

/** jsonrpsee's, for a server that takes no batches at all. */
export const BATCHES_REFUSED: RpcError = {
  code: -32_005,
  message: "Batched requests are not supported by this server",
};

/** Upstream's code of `--rpc-rate-limit`; it makes clients wait first, here they learn how long. */
export const rateLimited = (perMinute: number, wait: number): RpcError => ({
  code: -32_999,
  message: "RPC rate limit exceeded",
  data: `${perMinute} calls a minute; the next one in ${Math.ceil(wait / 1_000)} s`,
});

const UNSAFE = "RPC call is unsafe to be called externally";

/** The refusal of an unsafe method; `state_*` has it under its own code (spec/rpc §1). */
export const unsafeCall = (method: string): RpcError => ({
  code: method.startsWith("state_") ? 4_003 : METHOD_NOT_FOUND.code,
  message: UNSAFE,
});
