import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import type {ApiPromise} from "@polkadot/api";
import {type KhalaProcess, startKhala} from "../support/khala-process.ts";
import {type Call, connect, pairs, sendFinal} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";

const PHA = 10n ** 12n;
const SESSION = 10;

let sign: Awaited<ReturnType<typeof pairs>>;
before(async () => {
  sign = await pairs();
});

const open: {node: KhalaProcess; api: ApiPromise}[] = [];
after(async () => {
  for (const {api, node} of open) {
    await api.disconnect();
    await node.stop();
  }
});

async function dev(...args: string[]) {
  const node = await startKhala([
    "dev",
    "--rpc-port=0",
    "--listen-addr=none",
    `--param=session=${SESSION}`,
    `--param=kickThreshold=${SESSION}`,
    ...args,
  ]);
  const api = await connect(node.url);
  open.push({node, api});
  const ask = <T = string>(method: string, ...params: unknown[]) =>
    rpc<T>(node.url, method, params);
  const height = async () => (await api.rpc.chain.getHeader()).number.toNumber();
  const final = async () =>
    (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
  const read = async (pallet: string, item: string, ...keys: unknown[]) =>
    (await api.query[pallet]![item]!(...keys)).toJSON() as unknown;
  return {node, api, ask, height, final, read};
}

type Dev = Awaited<ReturnType<typeof dev>>;

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, what);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Sends without waiting for a block: with `--seal manual` none comes by itself. */
const send = (call: Call, uri: string) => call.signAndSend(sign(uri), {nonce: -1});

async function become({api, ask}: Dev, uri: string): Promise<void> {
  const keys = {aura: sign(uri).publicKey, grandpa: sign(uri).publicKey};
  await send(api.tx.session!.setKeys!(keys, "0x"), uri);
  await ask("dev_newBlock");
  await send(api.tx.collatorSelection!.registerAsCandidate!(), uri);
  await ask("dev_newBlock");
}

test("a rehearsal on blocks by hand: sessions pass, a silent candidate is kicked, the head goes back and forth", async () => {
  const chain = await dev("--seal=manual");
  const {api, ask, height, read} = chain;
  await ask("dev_newBlock", {count: 3});
  assert.equal(await height(), 3);
  await ask("dev_newBlock", {to: 5});
  assert.equal(await height(), 5);

  await become(chain, "//Dave");
  const candidates = async () => ((await read("collatorSelection", "candidates")) as []).length;
  assert.equal(await candidates(), 1);
  const registered = await api.rpc.chain.getBlockHash();
  const session = (await read("session", "currentIndex")) as number;
  const next = await ask<{hash: string; number: number; session: number}>("dev_nextSession");
  assert.deepEqual([next.number, next.session], [SESSION, session + 1]);
  assert.equal(await read("session", "currentIndex"), session + 1);

  // Dave has no node here: once he is in the set he misses his slots, and is kicked after a session without a block.
  for (let i = 0; i < 4 && (await candidates()) > 0; i++) await ask("dev_nextSession");
  assert.equal(await candidates(), 0, "kicked");
  const kicked = await api.rpc.chain.getBlockHash();
  const far = await height();

  assert.equal(await ask("dev_setHead", registered.toHex()), registered.toHex());
  assert.equal(await height(), 7);
  assert.equal(await candidates(), 1);
  // Another past: Dave leaves of his own will. What happened in the other one is not in the pool.
  assert.equal((await api.rpc.author.pendingExtrinsics()).length, 0);
  await send(api.tx.collatorSelection!.leaveIntent!(), "//Dave");
  await ask("dev_newBlock");
  assert.deepEqual([await height(), await candidates()], [8, 0]);
  await until("the other past becomes final", async () => (await chain.final()) === 8);

  assert.equal(await ask("dev_setHead", kicked.toHex()), kicked.toHex());
  assert.equal(await height(), far);
  await ask("dev_newBlock");
  assert.equal(await height(), far + 1);
  await until("and this one again", async () => (await chain.final()) === far + 1);
  // Chopsticks' way to go far: the blocks up to there are made here.
  await ask("dev_newBlock", {count: 2, unsafeBlockHeight: far + 60});
  assert.equal(await height(), far + 61);
  await assert.rejects(
    ask("dev_newBlock", {unsafeBlockHeight: far}),
    /must be above the best block/,
  );
});

for (const seal of ["slots", "instant"]) {
  test(`with --seal ${seal} time travels, and a balance is set by hand`, async () => {
    const {api, ask, read, final, height} = await dev(`--seal=${seal}`);
    const future = Date.parse("2040-01-01T00:00:00Z");
    assert.equal(await ask("dev_timeTravel", "2040-01-01T00:00:00Z"), future);
    await ask("dev_newBlock");
    const now = (await read("timestamp", "now")) as number;
    assert.ok(now >= future && now < future + 60_000, `${now}`);
    await assert.rejects(ask("dev_timeTravel", 0), /Time only goes forward/);

    const account = await api.query.system!.account!(sign("//Ferdie").address);
    const info = api.registry.createType("FrameSystemAccountInfo", {
      ...(account.toJSON() as object),
      data: {free: 7n * PHA},
    });
    const key = api.query.system!.account!.key(sign("//Ferdie").address);
    const hash = await ask("dev_setStorage", [[key, info.toHex()]]);
    assert.equal((await api.at(hash)).runtimeVersion.specName.toString(), "khala-ts");
    const {data} = (await read("system", "account", sign("//Ferdie").address)) as {
      data: {free: number};
    };
    assert.equal(BigInt(data.free), 7n * PHA);
    // The chain goes on from there as any other.
    const transfer = api.tx.balances!.transferKeepAlive!(sign("//Alice").address, PHA);
    await sendFinal(api, transfer, sign("//Ferdie"));

    const top = await height();
    await ask("dev_setHead", 1);
    await ask("dev_newBlock", {count: 2});
    assert.ok((await height()) >= 3);
    if (seal === "slots") await until("slots go on", async () => (await height()) > top);
    else assert.equal(await height(), 3);
    await until("finality follows", async () => (await final()) >= 3);
  });
}

test("time tools are of dev chains only", async t => {
  const node = await startKhala([
    ...["--chain=local", "--alice", "--tmp", "--rpc-port=0", "--listen-addr=none"],
  ]);
  t.after(() => node.stop());
  const {methods} = await rpc<{methods: string[]}>(node.url, "rpc_methods", []);
  // Upstream's, which moves nothing.
  const others = ["dev_getBlockStats"];
  assert.deepEqual(
    methods.filter(name => name.startsWith("dev_")),
    others,
  );
});
