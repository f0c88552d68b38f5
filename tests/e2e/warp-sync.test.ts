import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {ApiPromise} from "@polkadot/api";
import type {KeyringPair} from "@polkadot/keyring/types";
import {
  bestOf,
  finalizedOf,
  hashAt,
  type NetworkNode,
  ProcessNetwork,
  until,
} from "../support/network.ts";
import {connect, pairs, sendFinal} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";

const SESSION = 8;
const SLOT = 200;

const network = new ProcessNetwork([
  "--chain=local",
  `--param=slot=${SLOT}ms`,
  `--param=session=${SESSION}`,
  "--param=desired=1",
]);
const nodes: NetworkNode[] = [];
let warper: NetworkNode;
let api: ApiPromise;
let alice: KeyringPair;
let addressOf: (uri: string) => string;

before(async () => {
  const pairOf = await pairs();
  alice = pairOf("//Alice");
  addressOf = uri => pairOf(uri).address;
  for (const name of ["alice", "bob", "charlie", "dave"]) {
    nodes.push(await network.start(name, `--${name}`));
  }
});

after(async () => {
  await api?.disconnect();
  await network.close();
});

interface Progress {
  readonly stage: string;
}

const stageOf = async ({url}: NetworkNode) =>
  ((await rpc(url, "khala_syncProgress", [])) as Progress).stage;

/** Same blocks as the others at a height that is final. */
async function agrees(node: NetworkNode, height: number): Promise<void> {
  // Who follows may have heard of it first.
  await until(`${height} is final`, async () => (await finalizedOf(nodes[0]!)) >= height);
  const [own, other] = await Promise.all([hashAt(node, height), hashAt(nodes[0]!, height)]);
  assert.equal(own, other, `at ${height}`);
  assert.ok(own !== null);
}

async function follows(node: NetworkNode): Promise<void> {
  await until(`${node.name} follows the head`, async () => {
    const [own, other, final] = [
      await bestOf(node),
      await bestOf(nodes[0]!),
      await finalizedOf(node),
    ];
    return own > 40 && other - own <= 3 && other - final <= 8;
  });
}

test("voters change, and the chain grows past what a warp is worth", async () => {
  api = await connect(nodes[0]!.url);
  const three = ["//Alice", "//Bob", "//Charlie"].map(addressOf);
  const call = api.tx.sudo!.sudo!(api.tx.collatorSelection!.setInvulnerables!(three));
  const block = await sendFinal(api, call, alice);
  await until(
    "the new voters are current and 45 blocks are final",
    async () => (await finalizedOf(nodes[0]!)) > Math.max(45, block + 2 * SESSION + 2),
  );
});

test("a fresh node with --sync warp is at the head at once, and fills its history afterwards", async () => {
  const node = await network.start("warper", "--sync=warp");
  warper = node;
  await follows(node);
  assert.ok(
    node.lines.some(line => /warped .*setId=[1-9]/.test(line)),
    node.lines.join("\n"),
  );
  for (const stage of ["proof", "state"]) {
    assert.ok(
      node.lines.some(line => line.includes(`warp: downloading ${stage}`)),
      stage,
    );
  }
  const height = await finalizedOf(node);
  await agrees(node, height);
  await until("the history is whole", async () => (await hashAt(node, 1)) !== null);
  for (let number = 0; number <= height; number += 5) await agrees(node, number);
  const block = (await rpc(node.url, "chain_getBlock", [await hashAt(node, 1)])) as {
    block: {extrinsics: string[]};
  };
  assert.equal(block.block.extrinsics.length, 1);
  // Old states were never here.
  await assert.rejects(rpc(node.url, "state_getMetadata", [await hashAt(node, 1)]));
  await until("nothing is left to do", async () => (await stageOf(node)) !== "downloading-history");
});

test("killed in the middle of a warp and again right after its leap, a node comes to the same chain", async () => {
  const first = await network.start("killed", "--sync=warp");
  // By what it said: it may have gone on before somebody asks.
  await until("it warps", async () =>
    first.lines.some(line => line.includes("warp: downloading proof")),
  );
  await network.kill(first);
  const second = await network.start("killed", "--sync=warp");
  await until("it leaps", async () => second.lines.some(line => /warped/.test(line)));
  await network.kill(second);
  const third = await network.start("killed", "--sync=warp");
  await follows(third);
  await until("the history is whole", async () => (await hashAt(third, 1)) !== null);
  const height = await finalizedOf(third);
  for (let number = 0; number <= height; number += 5) await agrees(third, number);
  await network.kill(third);
});

test("a node that warped gives others a warp: from it alone a fresh one comes to the head", async () => {
  const [address] = (await rpc(warper.url, "system_localListenAddresses", [])) as string[];
  const node = await network.start(
    "second",
    "--sync=warp",
    "--reserved-only",
    `--reserved-nodes=${address}`,
  );
  await follows(node);
  assert.ok(
    node.lines.some(line => /warped/.test(line)),
    node.lines.join("\n"),
  );
  await agrees(node, await finalizedOf(node));
  await network.kill(node);
});

test("--sync fast has the whole history before it follows the head", async () => {
  const node = await network.start("fast", "--sync=fast");
  let leap = Number.NaN;
  await until("it leaps", async () => {
    leap = Number(/warped.*number=(\d+)/.exec(node.lines.join("\n"))?.[1]);
    return leap > 40;
  });
  // The leap alone may already be as near to the head as one that follows.
  await until("it goes on above its leap", async () => (await bestOf(node)) > leap);
  await agrees(node, 1);
  await follows(node);
  await agrees(node, await finalizedOf(node));
  const said = (what: RegExp) => node.lines.findIndex(line => what.test(line));
  assert.ok(said(/warped/) >= 0 && said(/warped/) < said(/history is whole/));
});
