/** One JSON-RPC call over HTTP; throws what the node answered where it answered an error. */
export async function rpc<T = unknown>(url: string, method: string, params: unknown[]): Promise<T> {
  const response = await fetch(url.replace("ws://", "http://"), {
    method: "POST",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({jsonrpc: "2.0", id: 1, method, params}),
  });
  const answer = (await response.json()) as {result?: T; error?: {code: number; message: string}};
  if (answer.error !== undefined) {
    throw new Error(`${method}: ${answer.error.code} ${answer.error.message}`);
  }
  return answer.result as T;
}
