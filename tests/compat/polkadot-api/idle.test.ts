import assert from "node:assert/strict";
import {test} from "node:test";
import {until} from "../../support/network.ts";
import {idle, startSlowChain} from "../support/idle.ts";
import {startLegacyProxy} from "../support/legacy-proxy.ts";
import {connect} from "./kit.ts";

test("clients that only listen, on a slow chain, are never disconnected", async t => {
  const node = await startSlowChain();
  const proxy = await startLegacyProxy(node.url);
  t.after(() => proxy.close().then(() => node.stop()));
  const clients = [connect(node.url), connect(proxy.url)];
  const heard = clients.map(({client}) => {
    const numbers: number[] = [];
    client.finalizedBlock$.subscribe(({number}) => numbers.push(number));
    return numbers;
  });
  await idle();
  await until("both have heard of three blocks", async () =>
    heard.every(({length}) => length >= 3),
  );
  for (const {client, statuses} of clients) {
    assert.deepEqual(statuses, ["CONNECTING", "CONNECTED"]);
    client.destroy();
  }
});
