import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {LightClient, rawSpec} from "../../support/light-client.ts";
import {
  bestOf,
  finalizedOf,
  type NetworkNode,
  ProcessNetwork,
  until,
} from "../../support/network.ts";
import {connect, pairs, sendFinal} from "../../support/polkadot.ts";
import {rpc} from "../../support/rpc.ts";

/** How long heads are followed without a disconnect: a minute, or as said for a nightly run. */
const WATCH = Number(process.env.SMOLDOT_SECONDS ?? 60) * 1_000;
const SESSION = 12;
const CHAIN = ["--chain=local", "--param=slot=400ms", `--param=session=${SESSION}`];
const PHA = 10n ** 12n;

const network = new ProcessNetwork(CHAIN);
let nodes: NetworkNode[] = [];
let spec: string;
/** Multiaddresses of the first node, over TCP and over WebSocket. */
let addresses: string[];

before(async () => {
  spec = await rawSpec(CHAIN);
  const first = await network.start(
    "alice",
    "--alice",
    "--listen-addr=/ip4/127.0.0.1/tcp/0/ws",
    "--log=info,grandpa=debug",
  );
  nodes = [first];
  for (const name of ["bob", "charlie", "dave"]) nodes.push(await network.start(name, `--${name}`));
  addresses = await rpc(first.url, "system_localListenAddresses", []);
  await until("blocks are final", async () => (await finalizedOf(first)) >= 3);
});

after(() => network.close());

const over = (transport: "tcp" | "ws") =>
  addresses.filter(address => address.includes("/ws/") === (transport === "ws"));

interface Head {
  readonly number: string;
}

/** Waits until a light client follows the chain: heads come one by one and become final. */
async function following(light: LightClient): Promise<number[]> {
  const finalized: number[] = [];
  await light.subscribe("chain_subscribeFinalizedHeads", [], (head: Head) =>
    finalized.push(Number(head.number)),
  );
  await until("it follows", async () => finalized.length >= 4);
  return finalized;
}

for (const transport of ["tcp", "ws"] as const) {
  test(`over ${transport} a stranger's light client follows best and final heads and reads the same state`, async () => {
    const [node] = nodes as [NetworkNode];
    const light = await LightClient.over(spec, over(transport));
    const best: number[] = [];
    const finalized: number[] = [];
    await light.subscribe("chain_subscribeNewHeads", [], (head: Head) =>
      best.push(Number(head.number)),
    );
    await light.subscribe("chain_subscribeFinalizedHeads", [], (head: Head) =>
      finalized.push(Number(head.number)),
    );
    await until("heads come", async () => best.length >= 5 && finalized.length >= 5);
    await until("it has a peer and is with it", async () => {
      const health = await light.call<{peers: number; isSyncing: boolean}>("system_health");
      return health.peers >= 1 && !health.isSyncing;
    });

    const hash = await rpc<string>(node.url, "chain_getBlockHash", [finalized.at(-1)!]);
    const account = `0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d`;
    for (const key of [account, "0x3a6772616e6470615f617574686f726974696573", "0xabcd"]) {
      const ours = await rpc(node.url, "state_getStorage", [key, hash]);
      assert.equal(await light.call("state_getStorage", key, hash), ours, key);
    }
    for (const [name, args] of [
      ["AuraApi_authorities", "0x"],
      ["GrandpaApi_grandpa_authorities", "0x"],
      ["GrandpaApi_current_set_id", "0x"],
      ["AccountNonceApi_account_nonce", `0x${account.slice(-64)}`],
      ["CollatorApi_session_status", "0x"],
    ] as const) {
      const ours = await rpc(node.url, "state_call", [name, args, hash]);
      assert.equal(await light.call("state_call", name, args, hash), ours, name);
    }
    const metadata = await rpc<string>(node.url, "state_getMetadata", []);
    assert.equal(await light.call("state_getMetadata"), metadata);
    await light.close();
  });
}

test("a signed transfer through it becomes ready, is in a block, and final", async t => {
  const [node] = nodes as [NetworkNode];
  const api = await connect(node.url);
  t.after(() => api.disconnect());
  const pairOf = await pairs();
  const bob = pairOf("//Bob");
  let tries = 0;
  const stranger = () => pairOf(`//Zoe//${tries}`).address;
  const light = await LightClient.over(spec, over("ws"));
  t.after(() => light.close());
  await following(light);
  const events: string[] = [];
  const told: string[] = [];
  const submit = async () => {
    tries++;
    const transfer = api.tx.balances!.transferKeepAlive!(stranger(), 7n * PHA);
    const signed = await transfer.signAsync(bob, {nonce: -1});
    await light.subscribe(
      "transactionWatch_v1_submitAndWatch",
      [signed.toHex()],
      ({event}: {event: string}) => {
        events.push(event);
        told.push(event);
      },
    );
  };
  await submit();
  await until("it is final", async () => {
    // While it warps, or has fallen behind, it has a gap in its chain, and drops what it is given: then a wallet signs another
    // one, since the first may have come into a block all the same.
    if (events.at(-1) === "dropped") {
      events.length = 0;
      await submit();
    }
    return events.includes("finalized");
  }).catch((error: unknown) => {
    throw new Error(`it was told ${told.join() || "nothing"}`, {cause: error});
  });
  const [ready, included, final] = ["validated", "bestChainBlockIncluded", "finalized"].map(name =>
    events.indexOf(name),
  ) as [number, number, number];
  assert.ok(ready >= 0 && ready < included && included < final, events.join());
  const zoe = (await api.query.system!.account!(stranger())) as unknown as {
    data: {free: {toBigInt(): bigint}};
  };
  assert.equal(zoe.data.free.toBigInt(), 7n * PHA);
});

test("a new one warps over two changes of voters", async () => {
  const [node] = nodes as [NetworkNode];
  const api = await connect(node.url);
  const pairOf = await pairs();
  const alice = pairOf("//Alice");
  const setId = async () => Number((await api.query.grandpa!.currentSetId!()).toString());
  const appoint = async (names: readonly string[]) => {
    const before = await setId();
    const accounts = names.map(name => pairOf(`//${name}`).address);
    const call = api.tx.collatorSelection!.setInvulnerables!(accounts);
    await sendFinal(api, api.tx.sudo!.sudo!(call), alice);
    await until("the voters have changed", async () => (await setId()) > before);
  };
  await appoint(["Alice", "Bob", "Charlie"]);
  await appoint(["Alice", "Bob", "Charlie", "Dave"]);
  const changed = await bestOf(node);
  // Nearer than 32 blocks it fetches headers instead.
  await until("the change lies well back", async () => (await finalizedOf(node)) >= changed + 5);
  const light = await LightClient.over(spec, over("ws"));
  const finalized = await following(light);
  await until("it is at the head", async () => (finalized.at(-1) ?? 0) > changed + 5);
  // It knew genesis, and the next it takes for final lies behind both changes: nobody told it of a block between.
  assert.ok(!finalized.some(number => number > 0 && number < changed), finalized.join());
  await until("it has asked for a warp proof", async () =>
    node.lines.some(line => line.includes("warp proof served")),
  );
  await light.close();
  await api.disconnect();
});

test("it stays connected, and every block it is told of becomes final", async () => {
  const [node] = nodes as [NetworkNode];
  const light = await LightClient.over(spec, over("tcp"));
  const finalized = await following(light);
  const end = Date.now() + WATCH;
  let [final, leap] = [await finalizedOf(node), 0];
  await until(
    "the time is over",
    async () => {
      const {peers} = await light.call<{peers: number}>("system_health");
      assert.ok(peers >= 1, "it has lost its peers");
      const next = await finalizedOf(node);
      leap = Math.max(leap, next - final);
      final = next;
      return Date.now() >= end;
    },
    WATCH + 10_000,
  );
  const steps = finalized.slice(1).map((number, i) => number - finalized[i]!);
  // On a busy machine finality itself may stand still and leap: it is told of that, and of no more.
  assert.ok(Math.max(...steps) <= 8 + leap, `finality came in jumps: ${steps.join()}`);
  await until("it has heard of what is final by now", async () => finalized.at(-1)! >= final);
  await light.close();
});
