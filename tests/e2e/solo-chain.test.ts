import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import "../../src/polyfills.ts";
import type {ApiPromise} from "@polkadot/api";
import {bytesToHex} from "#base";
import {createNativeCrypto} from "#crypto-native";
import {
  type ForeignNode,
  type ForeignNodeOptions,
  startForeignNode,
  TOY,
} from "../../src/node/test-kit/foreign-node.ts";
import {foreignCode, SOLO_UPGRADED} from "../../src/runtime/test-kit/foreign/index.ts";
import {bestOf, finalizedOf, hashAt, until} from "../support/network.ts";
import {connect, pairs, sendFinal} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";

const nodes: ForeignNode[] = [];
let first: ForeignNode;
let second: ForeignNode;
let api: ApiPromise;
let pairOf: Awaited<ReturnType<typeof pairs>>;

async function start(
  keys: readonly string[],
  sync: NonNullable<ForeignNodeOptions["sync"]> = "full",
): Promise<ForeignNode> {
  const bootnodes =
    first === undefined ? [] : await rpc<string[]>(first.url, "system_localListenAddresses", []);
  const node = await startForeignNode({
    isSolo: true,
    collators: ["Alice", "Bob", "Charlie"],
    authors: keys,
    listen: ["/ip4/127.0.0.1/tcp/0"],
    bootnodes,
    sync,
  });
  nodes.push(node);
  return node;
}

before(async () => {
  first = await start(["Alice"]);
  second = await start(["Bob", "Charlie"]);
  api = await connect(second.url);
  pairOf = await pairs();
});

after(async () => {
  await api?.disconnect();
  await Promise.all(nodes.map(({node}) => node.stop()));
});

test("nodes of a chain that is not ours, built by its own runtime, make its blocks and make them final", async () => {
  await until("blocks are final", async () => (await finalizedOf(second)) >= 4);
  assert.equal(await hashAt(first, 4), await hashAt(second, 4));
  const {best} = await rpc<{best: {totalWeight: number}}>(first.url, "grandpa_roundState", []);
  assert.equal(best.totalWeight, 3);
  const authors = new Set<string>();
  // Who was up first may have made some blocks before the other was.
  for (let number = 1; authors.size < 2; number++) {
    assert.ok(number <= 40, `${[...authors]} made them all`);
    await until(`there is block ${number}`, async () => (await finalizedOf(second)) >= number);
    const hash = await api.rpc.chain.getBlockHash(number);
    authors.add((await api.derive.chain.getHeader(hash)).author!.toString());
  }
});

test("its runtime's new voters take over, and what a client sends is final on the other node", async () => {
  const invulnerables = ["//Alice", "//Bob"].map(uri => pairOf(uri).address);
  const call = api.tx.sudo!.sudo!(api.tx.collatorSelection!.setInvulnerables!(invulnerables));
  const number = await sendFinal(api, call, pairOf("//Alice"));
  await until("the first has it too", async () => (await finalizedOf(first)) >= number);
  await until(
    "two vote",
    async () =>
      (await rpc<{best: {totalWeight: number}}>(first.url, "grandpa_roundState", [])).best
        .totalWeight === 2,
  );
  const at = await sendFinal(
    api,
    api.tx.balances!.transferKeepAlive!(pairOf("//Zoe").address, 7n * TOY),
    pairOf("//Bob"),
  );
  await until("it is final there", async () => (await finalizedOf(first)) >= at);
});

test("its root upgrades it, and the voters go on", async () => {
  const {hashing} = await createNativeCrypto();
  const code = bytesToHex(foreignCode(hashing, SOLO_UPGRADED));
  await sendFinal(api, api.tx.sudo!.sudo!(api.tx.system!.setCode!(code)), pairOf("//Alice"));
  await until("both run it", async () =>
    (
      await Promise.all(
        [first, second].map(({url}) =>
          rpc<{specVersion: number}>(url, "state_getRuntimeVersion", []),
        ),
      )
    ).every(({specVersion}) => specVersion === SOLO_UPGRADED.specVersion),
  );
  const now = await bestOf(first);
  await until("blocks after it are final", async () => (await finalizedOf(first)) > now);
});

test("a newcomer warps over the change of voters and the upgrade, and fills its history afterwards", async () => {
  await until("there is much to skip", async () => (await finalizedOf(first)) >= 60);
  const late = await start([], "warp");
  await until("it follows the head", async () => {
    const [own, other] = [await finalizedOf(late), await bestOf(first)];
    return own > 50 && other - own <= 8;
  });
  const account = await rpc(late.url, "state_call", [
    "AccountNonceApi_account_nonce",
    `0x${Buffer.from(pairOf("//Bob").publicKey).toString("hex")}`,
  ]);
  assert.equal(account, "0x01000000");
  await until("the history is whole", async () => (await hashAt(late, 1)) !== null);
  for (const number of [0, 1, 20, 40]) {
    assert.equal(await hashAt(late, number), await hashAt(first, number));
  }
  const version = await rpc<{specVersion: number}>(late.url, "state_getRuntimeVersion", []);
  assert.equal(version.specVersion, SOLO_UPGRADED.specVersion);
  // Its states were never here: it leapt.
  await assert.rejects(rpc(late.url, "state_getMetadata", [await hashAt(late, 1)]));
});
