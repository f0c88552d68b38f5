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
/** Blocks that a silent candidate has: some turns of its own, of which a busy machine may use none for a while. */
const KICK = 24;
const SLOT = 400;
const PHA = 10n ** 12n;

const network = new ProcessNetwork([
  "--chain=local",
  `--param=slot=${SLOT}ms`,
  `--param=session=${SESSION}`,
  `--param=kick=${KICK}`,
  "--param=desired=1",
]);
let nodes: NetworkNode[] = [];
let alice: KeyringPair;
let newcomer: KeyringPair;
let sixth: NetworkNode;
let api: ApiPromise;

before(async () => {
  const pairOf = await pairs();
  alice = pairOf("//Alice");
  newcomer = pairOf("//Newcomer");
  for (const name of ["alice", "bob", "charlie", "dave"]) {
    nodes.push(await network.start(name, `--${name}`));
  }
  // Holds keys that are in no set: a full node that passes things on.
  nodes.push(await network.start("eve", "--eve"));
});

after(async () => {
  await api?.disconnect();
  await network.close();
});

async function list(query: "validators" | "candidates"): Promise<string[]> {
  if (query === "validators") return (await api.query.session!.validators!()).toJSON() as string[];
  const candidates = (await api.query.collatorSelection!.candidates!()).toJSON();
  return (candidates as {who: string}[]).map(({who}) => who);
}

/** The first block from `block` on at which a session begins. */
const rotationFrom = (block: number) => Math.ceil(block / SESSION) * SESSION;

/** The block that a node has as best is the one that all the others have at that height. */
async function agree(height: number): Promise<void> {
  const hashes = await Promise.all(nodes.map(node => hashAt(node, height)));
  assert.equal(new Set(hashes).size, 1, `at ${height}: ${hashes.join()}`);
}

test("five processes form one chain, and what is final is at most three blocks behind", async () => {
  await until("all have peers", async () => {
    const healths = await Promise.all(
      nodes.map(({url}) => rpc(url, "system_health", []) as Promise<{peers: number}>),
    );
    return healths.every(({peers}) => peers >= 4);
  });
  await until("block 10 is final everywhere", async () => {
    const finalized = await Promise.all(nodes.map(finalizedOf));
    return finalized.every(number => number >= 10);
  });
  // For ten slots on end: where others want the processor votes may come late now and then.
  let since = Date.now();
  await until("nothing that is final is more than three blocks behind", async () => {
    const [best, finalized] = [await bestOf(nodes[0]!), await finalizedOf(nodes[0]!)];
    if (best - finalized > 3) since = Date.now();
    return Date.now() - since >= 10 * SLOT;
  });
  await agree(10);
});

test("a sixth, fresh node joins by one bootnode, becomes a collator by its own RPC and authors", async () => {
  sixth = await network.start("sixth", "--collator");
  await until("the sixth has caught up", async () => {
    const [own, other] = [await bestOf(sixth), await bestOf(nodes[0]!)];
    return own > 10 && other - own <= 2;
  });
  api = await connect(sixth.url);
  await sendFinal(api, api.tx.balances!.transferKeepAlive!(newcomer.address, 100n * PHA), alice);
  const keys = await api.rpc.author.rotateKeys();
  await sendFinal(api, api.tx.session!.setKeys!(keys, "0x"), newcomer);
  const registered = await sendFinal(
    api,
    api.tx.collatorSelection!.registerAsCandidate!(),
    newcomer,
  );
  const second = rotationFrom(registered + 1) + SESSION;
  await until("two sessions later", async () => (await bestOf(sixth)) >= second);
  assert.ok((await list("validators")).includes(newcomer.address));
  // One in six slots is its own; on a busy machine a slot may pass unused.
  let looked = second;
  await until("it authors", async () => {
    for (const best = await bestOf(sixth); looked < best; ) {
      const hash = await api.rpc.chain.getBlockHash(++looked);
      const {author} = await api.derive.chain.getHeader(hash);
      if (author?.toString() === newcomer.address) return true;
    }
    return false;
  });
});

test("killed, it is kicked after its threshold with its bond back, everybody agrees; started again it catches up and registers again", async () => {
  await api.disconnect();
  await network.kill(sixth);
  api = await connect(nodes[0]!.url);
  const killedAt = await bestOf(nodes[0]!);
  // Its last block is not above the next one, which may have been on its way.
  const kickedBy = rotationFrom(killedAt + 1 + KICK);
  await until(
    "the rotation by which it is kicked",
    async () => (await bestOf(nodes[0]!)) >= kickedBy + 1,
  );
  assert.ok(!(await list("candidates")).includes(newcomer.address));
  const account = (await api.query.system!.account!(newcomer.address)) as unknown as {
    data: {free: {toBigInt(): bigint}; reserved: {toBigInt(): bigint}};
  };
  assert.equal(account.data.reserved.toBigInt(), 0n);
  assert.ok(account.data.free.toBigInt() > 99n * PHA);
  await until("the rotation is final everywhere", async () => {
    const finalized = await Promise.all(nodes.map(finalizedOf));
    return finalized.every(number => number >= kickedBy);
  });
  await agree(kickedBy);

  sixth = await network.start("sixth", "--collator");
  await until("it has caught up", async () => {
    const [own, other] = [await bestOf(sixth), await bestOf(nodes[0]!)];
    return other - own <= 2;
  });
  nodes = [...nodes, sixth];
  await api.disconnect();
  api = await connect(sixth.url);
  await sendFinal(api, api.tx.collatorSelection!.registerAsCandidate!(), newcomer);
  assert.ok((await list("candidates")).includes(newcomer.address));
  // Nobody signed twice for a slot, however often anybody was started.
  for (const {url} of nodes) {
    assert.deepEqual(await rpc(url, "khala_equivocations", []), {blocks: [], votes: []});
  }
});
