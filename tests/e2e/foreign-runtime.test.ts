import assert from "node:assert/strict";
import {type TestContext, test} from "node:test";
import {bytesToHex} from "#base";
import {compactU32, encode} from "#codec";
import {
  type ForeignNodeOptions,
  startForeignNode,
  TOY,
} from "../../src/node/test-kit/foreign-node.ts";
import {FOREIGN, unknownRefusalOf} from "../../src/runtime/test-kit/foreign/index.ts";
import {until} from "../support/network.ts";
import {connect, pairs, sendFinal} from "../support/polkadot.ts";
import {failRpc, rpc} from "../support/rpc.ts";

async function startForeign(t: TestContext, options: ForeignNodeOptions = {}) {
  const {node, url} = await startForeignNode(options);
  t.after(() => node.stop());
  return {url};
}

const methodsOf = async (url: string) =>
  (await rpc<{methods: string[]}>(url, "rpc_methods", [])).methods;

test("an unmodified client transfers on a chain whose runtime is not ours, and a committee makes it final", async t => {
  const {url} = await startForeign(t);
  const api = await connect(url);
  t.after(() => api.disconnect());
  assert.equal(api.runtimeVersion.specName.toString(), FOREIGN.specName);
  assert.equal(api.registry.chainSS58, FOREIGN.ss58Prefix);
  assert.deepEqual(api.registry.chainTokens, [FOREIGN.token.symbol]);
  const pairOf = await pairs();
  const bob = pairOf("//Bob").address;
  const freeOf = async () => {
    const account = await api.query.system!.account!(bob);
    return BigInt((account.toJSON() as {data: {free: string}}).data.free);
  };
  const before = await freeOf();
  await sendFinal(api, api.tx.balances!.transferKeepAlive!(bob, 5n * TOY), pairOf("//Alice"));
  assert.equal((await freeOf()) - before, 5n * TOY);
});

test("what voters have is listed where there are voters, and only there", async t => {
  const [voted, atOnce] = [
    await startForeign(t),
    await startForeign(t, {finality: {kind: "at-once"}}),
  ];
  const ofVoters = (await methodsOf(voted.url)).filter(name => name.startsWith("grandpa_"));
  assert.ok(ofVoters.includes("grandpa_roundState"));
  const without = await methodsOf(atOnce.url);
  assert.deepEqual(
    without.filter(name => name.startsWith("grandpa_")),
    [],
  );
  assert.ok(without.includes("khala_equivocations"));
  assert.deepEqual(await rpc(atOnce.url, "khala_equivocations", []), {blocks: [], votes: []});
});

test("a refusal of another age reaches the client as its bytes", async t => {
  const {url} = await startForeign(t);
  const body = Uint8Array.of(4, ...unknownRefusalOf());
  const bytes = Uint8Array.of(...encode(compactU32, body.length), ...body);
  const error = await failRpc(url, "author_submitExtrinsic", [bytesToHex(bytes)]);
  assert.deepEqual(
    [error.code, error.message, error.data],
    [1_010, "Invalid Transaction", "Error 0x000c"],
  );
});

/** Blocks of a session of the foreign chain. */
const PERIOD = 10;

test("the desk says what the chain publishes, and what trials on its runtime find of the rest", async t => {
  const {url} = await startForeign(t);
  const ask = () => rpc<Record<string, Record<string, unknown> | null>>(url, "collator_status", []);
  let status = await ask();
  // A slot that a busy machine misses is said, until it is past.
  await until("all is well", async () => {
    status = await ask();
    return status.verdict?.level === "good";
  });
  assert.match(String(status.account), /^[1-9A-HJ-NP-Za-km-z]{47,49}$/);
  const index = Math.floor(Number(status.head?.best) / PERIOD);
  assert.deepEqual(
    [status.session?.index, status.session?.period, status.session?.nextRotationBlock],
    [index, PERIOD, (index + 1) * PERIOD],
  );
  const set = await rpc<Record<string, unknown>>(url, "collator_set", []);
  assert.equal(set.candidacyBond, String(100n * TOY));
  assert.deepEqual([set.kickThreshold, set.minEligible], [10, 1]);
  const info = await rpc<Record<string, unknown>>(url, "khala_sessionInfo", []);
  assert.ok(Number(info.index) >= index);
  assert.equal(info.period, PERIOD);
});
