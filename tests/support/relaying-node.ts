import type {AddressInfo} from "node:net";
import {WebSocket, WebSocketServer} from "ws";

type Change = (result: unknown) => unknown;

/**
 * Stands between a client and a real node and changes some of its answers: for states that a real one takes too long to
 * come into.
 */
export async function relay(
  target: string,
  changes: Readonly<Record<string, Change>>,
): Promise<{url: string; close(): void}> {
  const server = new WebSocketServer({host: "127.0.0.1", port: 0});
  await new Promise(resolve => server.once("listening", resolve));
  server.on("connection", client => {
    const node = new WebSocket(target);
    const methods = new Map<number, string>();
    const opened = new Promise(resolve => node.once("open", resolve));
    client.on("message", async data => {
      const {id, method} = JSON.parse(String(data)) as {id: number; method: string};
      methods.set(id, method);
      await opened;
      node.send(String(data));
    });
    node.on("message", data => {
      const answer = JSON.parse(String(data)) as {id?: number; result?: unknown};
      const change = changes[methods.get(answer.id ?? -1) ?? ""];
      client.send(
        change === undefined
          ? String(data)
          : JSON.stringify({...answer, result: change(answer.result)}),
      );
    });
    client.on("close", () => node.close());
    node.on("error", () => client.close());
  });
  const {port} = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
