import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {type RawData, WebSocket, WebSocketServer} from "ws";

const NEW_GROUPS = /^(chainHead|archive|transaction|transactionWatch|chainSpec)_/;

/** The node as it would be without the newer JSON-RPC groups: clients go by what `rpc_methods` lists. */
export async function startLegacyProxy(target: string) {
  const server = new WebSocketServer({port: 0, host: "127.0.0.1"});
  await once(server, "listening");
  server.on("connection", client => {
    const node = new WebSocket(target, {perMessageDeflate: false});
    const opened = once(node, "open");
    const listings = new Set<unknown>();
    client.on("message", async data => {
      const {id, method} = JSON.parse(String(data)) as {id: unknown; method: string};
      if (method === "rpc_methods") listings.add(id);
      await opened;
      node.send(String(data));
    });
    node.on("message", data => client.send(withoutNewGroups(data, listings)));
    client.on("close", () => node.close());
    node.on("close", () => client.close());
  });
  const {port} = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    async close() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

function withoutNewGroups(data: RawData, listings: Set<unknown>): string {
  const text = String(data);
  if (listings.size === 0) return text;
  const reply = JSON.parse(text) as {id?: unknown; result?: {methods: string[]}};
  if (reply.result === undefined || !listings.delete(reply.id)) return text;
  const methods = reply.result.methods.filter(name => !NEW_GROUPS.test(name));
  return JSON.stringify({...reply, result: {...reply.result, methods}});
}
