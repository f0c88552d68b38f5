interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

async function post<T>(url: string, method: string, params: unknown[]) {
  const response = await fetch(url.replace("ws://", "http://"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({jsonrpc: "2.0", id: 1, method, params}),
  });
  return (await response.json()) as {result?: T; error?: RpcError};
}

/** One JSON-RPC call over HTTP; throws what the node answered where it answered an error. */
export async function rpc<T = unknown>(url: string, method: string, params: unknown[]): Promise<T> {
  const {result, error} = await post<T>(url, method, params);
  if (error !== undefined) throw new Error(`${method}: ${error.code} ${error.message}`);
  return result as T;
}

/** The error of a call that has to fail. */
export async function failRpc(url: string, method: string, params: unknown[]): Promise<RpcError> {
  const {result, error} = await post(url, method, params);
  if (error === undefined) throw new Error(`${method} answered ${JSON.stringify(result)}`);
  return error;
}
