import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import "../../../src/polyfills.ts";
import {type ForeignNode, startForeignNode} from "../../../src/node/test-kit/foreign-node.ts";
import {LightClient} from "../../support/light-client.ts";
import {finalizedOf, until} from "../../support/network.ts";
import {rpc} from "../../support/rpc.ts";

const AUTHORS = ["Alice", "Bob"];
let nodes: ForeignNode[] = [];
let light: LightClient;

before(async () => {
  const first = await startForeignNode({authors: AUTHORS, solo: {keys: ["Alice"], bootnodes: []}});
  nodes = [first];
  const bootnodes = await rpc<string[]>(first.url, "system_localListenAddresses", []);
  nodes.push(await startForeignNode({authors: AUTHORS, solo: {keys: ["Bob"], bootnodes}}));
  await until("blocks are final", async () => (await finalizedOf(first)) >= 3);
  const spec = await rpc<object>(first.url, "sync_state_genSyncSpec", [true]);
  light = await LightClient.over(
    JSON.stringify({...spec, lightSyncState: undefined}),
    bootnodes.filter(address => address.includes("/ws/")),
  );
});

after(async () => {
  await light?.close();
  await Promise.all(nodes.map(({node}) => node.stop()));
});

test("a light client follows a chain that is not ours, and its runtime answers there what it answers here", async () => {
  const [{url}] = nodes as [ForeignNode];
  const finalized: number[] = [];
  await light.subscribe("chain_subscribeFinalizedHeads", [], ({number}: {number: string}) =>
    finalized.push(Number(number)),
  );
  await until("it follows", async () => finalized.length >= 5);
  const hash = await rpc<string>(url, "chain_getBlockHash", [finalized.at(-1)!]);
  // What a call looked at is all that the proof of its answer holds.
  for (const name of [
    "AuraApi_authorities",
    "GrandpaApi_grandpa_authorities",
    "GrandpaApi_current_set_id",
    "Core_version",
    "Metadata_metadata",
  ]) {
    const ours = await rpc(url, "state_call", [name, "0x", hash]);
    assert.equal(await light.call("state_call", name, "0x", hash), ours, name);
  }
});
