import assert from "node:assert/strict";
import "../../../src/polyfills.ts";
import {before, test} from "node:test";
import {bytesToHex} from "#base";
import {FORGED_CHAIN, type Forgery, startForgingNode} from "../../support/forging-node.ts";
import {LightClient, rawSpec} from "../../support/light-client.ts";
import {until} from "../../support/network.ts";

/** Blocks before the light client comes: more than 32, or it would not warp. */
const AHEAD = 36;
const ALICE =
  "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

let spec: string;
before(async () => {
  spec = await rawSpec(FORGED_CHAIN);
});

interface Seen {
  readonly light: LightClient;
  readonly best: number[];
  readonly finalized: number[];
  readonly lies: () => number;
  readonly ours: () => number;
  readonly beginToLie: () => void;
}

async function withForger(
  forgery: Forgery,
  blocks: number,
  run: (seen: Seen) => Promise<void>,
): Promise<void> {
  const node = await startForgingNode(forgery);
  const {chain} = node.core;
  await until("there are blocks", async () => chain.finalized().number >= blocks);
  const light = await LightClient.over(spec, node.addresses);
  const best: number[] = [];
  const finalized: number[] = [];
  const into = (list: number[]) => (head: {number: string}) => list.push(Number(head.number));
  await light.subscribe("chain_subscribeNewHeads", [], into(best));
  await light.subscribe("chain_subscribeFinalizedHeads", [], into(finalized));
  const {lies, beginToLie} = node;
  const ours = () => chain.finalized().number;
  await run({light, best, finalized, lies, beginToLie, ours});
  await light.close();
  await node.stop();
}

const beyondGenesis = (numbers: readonly number[]) => numbers.filter(number => number > 0);

/** Waits until it has complained, and the chain has grown by some blocks since. */
async function complains({light, ours}: Seen, pattern: RegExp): Promise<void> {
  await until("it says what is wrong", async () =>
    light.log.some(line => pattern.test(line)),
  ).catch((error: unknown) => {
    throw new Error(light.log.join("\n"), {cause: error});
  });
  const since = ours();
  await until("the chain goes on", async () => ours() >= since + 10);
}

/** Waits until the chain has grown by some blocks since the light client was first lied to. */
async function lieOn({lies, ours}: Seen): Promise<void> {
  await until("it is lied to", async () => lies() > 0);
  const since = ours();
  await until("the chain goes on", async () => ours() >= since + 10);
}

test("an honest node of this kind is believed: the forgeries below are all that is wrong with them", async () => {
  await withForger("nothing", AHEAD, async ({light, best, finalized}) => {
    await until("it follows", async () => finalized.length >= 3 && best.length >= 3);
    assert.ok(finalized.at(-1)! > AHEAD);
    assert.ok((await light.call<string>("state_getStorage", ALICE))?.startsWith("0x"));
  });
});

test("a forged seal is refused: no block of that chain is ever its best", async () => {
  await withForger("seal", 3, async seen => {
    await complains(seen, /BadSignature/);
    assert.deepEqual(beyondGenesis([...seen.best, ...seen.finalized]), []);
  });
});

test("forged justifications and commits are refused: heads may follow, nothing becomes final", async () => {
  await withForger("justification", 3, async seen => {
    await lieOn(seen);
    assert.deepEqual(beyondGenesis(seen.finalized), []);
  });
});

test("a forged warp fragment is refused: it stays at genesis", async () => {
  await withForger("warp-fragment", AHEAD, async seen => {
    await complains(seen, /warp.*BadSignature|BadSignature.*warp/i);
    assert.deepEqual(beyondGenesis(seen.finalized), []);
  });
});

test("a forged read proof is refused: no value is given out", async () => {
  await withForger("read-proof", AHEAD, async ({light, finalized, lies, beginToLie}) => {
    await until("it follows", async () => finalized.length >= 3);
    assert.match(await light.call<string>("state_getStorage", ALICE), /^0x/);
    beginToLie();
    await assert.rejects(light.call("state_getStorage", ALICE));
    assert.ok(lies() > 0);
  });
});

test("the genesis hash in the light client's spec is the forging node's own", async () => {
  const node = await startForgingNode("nothing");
  const light = await LightClient.over(spec, []);
  const theirs = await light.call("chainSpec_v1_genesisHash");
  assert.equal(theirs, bytesToHex(node.core.chain.genesisHash));
  await light.close();
  await node.stop();
});
