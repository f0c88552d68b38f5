import assert from "node:assert/strict";
import {test} from "node:test";
import {startKhala} from "../../support/khala-process.ts";
import {rpc} from "../../support/rpc.ts";
import {RawClient} from "../support/raw-client.ts";
import {seal, startStrangers} from "../support/two-forks.ts";
import {follow} from "./follow.ts";

test("a switch of forks is new blocks and a new best one, and in the end the loser is pruned, once", async t => {
  const {one, two, meet, close} = await startStrangers();
  t.after(close);
  const theirs = [await seal(one), await seal(one)];
  const client = await RawClient.open(two.url);
  const {events} = await follow(client);
  const ours = await seal(two);
  await meet();
  await events.find("the best one is theirs", ({bestBlockHash}) => bestBlockHash === theirs[1]);
  const told = (name: string) => events.all.filter(({event}) => event === name);
  assert.deepEqual(
    told("newBlock").map(({blockHash}) => blockHash),
    [ours, ...theirs],
  );
  const bests = told("bestBlockChanged").map(({bestBlockHash}) => bestBlockHash);
  assert.deepEqual(bests.slice(-2), [ours, theirs[1]]);

  // The other two of four voters come, and there is finality.
  const [address] = await rpc<string[]>(one.url, "system_localListenAddresses", []);
  const more = await Promise.all(
    ["charlie", "dave"].map(name =>
      startKhala([
        "--chain=local",
        `--${name}`,
        "--tmp",
        "--rpc-port=0",
        "--seal=manual",
        "--param=slot=200ms",
        "--listen-addr=/ip4/127.0.0.1/tcp/0",
        `--bootnodes=${address}`,
      ]),
    ),
  );
  t.after(() => Promise.all(more.map(node => node.stop())));
  // Sealed without finality: two of the voters wait until they are asked.
  await Promise.all([one, two].map(node => rpc(node.url, "engine_finalizeBlock", [theirs[1]])));
  await events.find(
    "theirs is final",
    ({event, finalizedBlockHashes}) =>
      event === "finalized" && finalizedBlockHashes!.includes(theirs[1]!),
  );
  const finalized = told("finalized").flatMap(event => event.finalizedBlockHashes!);
  assert.deepEqual(finalized.slice(0, 2), theirs);
  assert.deepEqual(
    told("finalized").flatMap(event => event.prunedBlockHashes!),
    [ours],
  );
  await client.close();
});
