import assert from "node:assert/strict";
import {test} from "node:test";
import {DedotClient, LegacyClient, WsProvider} from "dedot";
import {until} from "../../support/network.ts";
import {idle, startSlowChain} from "../support/idle.ts";

test("clients that only listen, on a slow chain, are never disconnected", async t => {
  const node = await startSlowChain();
  t.after(() => node.stop());
  const clients = await Promise.all([
    DedotClient.new(new WsProvider(node.url)),
    LegacyClient.new(new WsProvider(node.url)),
  ]);
  const events: string[] = [];
  const heard = await Promise.all(
    clients.map(async client => {
      for (const event of ["disconnected", "reconnecting", "error"] as const) {
        client.on(event, () => events.push(event));
      }
      const times = new Set<bigint>();
      await client.query.timestamp.now((now: bigint) => {
        times.add(now);
      });
      return times;
    }),
  );
  await idle();
  await until("both have heard of three blocks", async () => heard.every(({size}) => size >= 3));
  assert.deepEqual(events, []);
  await Promise.all(clients.map(client => client.disconnect()));
});
