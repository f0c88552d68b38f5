import assert from "node:assert/strict";
import {test} from "node:test";
import {RawClient} from "../support/raw-client.ts";
import {seal, startStrangers} from "../support/two-forks.ts";
import {connect} from "./kit.ts";

test("a fork's block that never was best is seen by all heads and by no others", async t => {
  const {one, two, meet, close} = await startStrangers();
  t.after(close);
  const theirs = [await seal(one), await seal(one)];
  const api = await connect(two.url);
  const hashes = (headers: readonly object[]) =>
    headers.map(header => api.registry.createType("Header", header).hash.toHex());
  const client = await RawClient.open(two.url);
  const all = await client.subscribe<object>("chain_subscribeAllHeads");
  const best = await client.subscribe<object>("chain_subscribeNewHeads");
  const ours = await seal(two);
  await meet();
  const genesis = api.genesisHash.toHex();
  assert.deepEqual(hashes(await all.items.take(4)), [genesis, ours, ...theirs]);
  assert.deepEqual(hashes(await best.items.take(3)), [genesis, ours, theirs[1]]);
  await client.close();
  await api.disconnect();
});
