import assert from "node:assert/strict";
import {test} from "node:test";
import {until} from "../../support/network.ts";
import {idle, startSlowChain} from "../support/idle.ts";
import {connect} from "./kit.ts";

test("a client that only listens, on a slow chain, is never disconnected", async t => {
  const node = await startSlowChain();
  t.after(() => node.stop());
  const api = await connect(node.url);
  const heard: number[] = [];
  let lost = 0;
  api.on("disconnected", () => lost++);
  await api.rpc.chain.subscribeFinalizedHeads(({number}) => {
    heard.push(number.toNumber());
  });
  await idle();
  assert.equal(lost, 0);
  assert.ok(api.isConnected);
  await until("it has heard of three blocks", async () => heard.length >= 3);
  assert.equal(lost, 0);
  await api.disconnect();
});
