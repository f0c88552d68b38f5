import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type TestContext, test} from "node:test";
import {bytesToHex, type Report, utf8Bytes} from "#base";
import {encodeSs58, type Hashing} from "#crypto";
import {signedRemark} from "../core/test-kit/signed-call.ts";
import {signedUpgrade} from "../core/test-kit/upgrade.ts";
import {RpcClient} from "../rpc/test-kit/rpc-client.ts";
import {FOREIGN, releaseCode, UPGRADED, WITHOUT_AURA} from "../runtime/test-kit/foreign/index.ts";
import {type ForeignNodeOptions, knownAccount, startForeignNode} from "./test-kit/foreign-node.ts";

/** A developer's node of the foreign chain, which makes a block whenever it is asked, and a client of it. */
async function developer(t: TestContext, options: ForeignNodeOptions = {}) {
  const started = await startForeignNode({
    authors: ["Alice", "Bob"],
    seal: {kind: "manual"},
    finality: {kind: "at-once"},
    ...options,
  });
  const {node, url} = started;
  t.after(() => node.stop());
  const client = await RpcClient.open(url);
  t.after(() => client.terminate());
  const {core, crypto} = node;
  return {
    node,
    url,
    client,
    sign: (uri: string, nonce = 0) => bytesToHex(signedRemark(core, crypto, {uri, nonce})),
    async upgrade(): Promise<string> {
      await client.call("author_submitExtrinsic", bytesToHex(signedUpgrade(core, crypto)));
      return make(client);
    },
    make: (parent?: string) => make(client, parent),
  };
}

/** The hash of the block made, on another one or on the best. */
async function make(client: RpcClient, parent?: string): Promise<string> {
  const {hash} = await client.call<{hash: string}>("engine_createBlock", true, false, parent);
  return hash;
}

interface Version {
  readonly specVersion: number;
  readonly transactionVersion: number;
}

test("each block is answered for by the code of its time: version, metadata, fees, dry runs, old calls and new", async t => {
  const {client, upgrade, make, sign} = await developer(t);
  const old = sign("//Bob");
  const before = await make();
  const changed = await upgrade();
  const anew = sign("//Bob");
  const after = await make();
  for (const [at, version] of [
    [before, FOREIGN.specVersion],
    [changed, UPGRADED.specVersion],
    [after, UPGRADED.specVersion],
  ] as const) {
    const {specVersion} = await client.call<Version>("state_getRuntimeVersion", at);
    assert.equal(specVersion, version);
  }
  const metadataAt = (at: string) => client.call<string>("state_getMetadata", at);
  const kickThreshold = Buffer.from("KickThreshold").toString("hex");
  assert.equal((await metadataAt(before)).includes(kickThreshold), false);
  assert.equal((await metadataAt(changed)).includes(kickThreshold), true);
  const dryRun = (extrinsic: string, at: string) => client.call("system_dryRun", extrinsic, at);
  const badProof = "0x010004";
  assert.deepEqual(
    [
      await dryRun(old, before),
      await dryRun(old, changed),
      await dryRun(anew, before),
      await dryRun(anew, changed),
    ],
    ["0x0000", badProof, badProof, "0x0000"],
  );
  const durationAt = async (at: string) =>
    client.call("state_call", "AuraApi_slot_duration", "0x", at);
  assert.deepEqual(
    [await durationAt(before), await durationAt(changed)],
    ["0xe803000000000000", "0xf401000000000000"],
  );
  for (const at of [before, after]) {
    const info = await client.call<{class: string}>("payment_queryInfo", old, at);
    assert.equal(info.class, "normal");
  }
});

/** Makes nothing final, since nobody here has its key. */
const NEVER_FINAL = {
  kind: "committee",
  voters: [{id: knownAccount("Charlie").ed25519, weight: 1}],
} as const;

test("who subscribed hears of the other version once for each time that the best chain goes over to it, forks or not", async t => {
  const {url, upgrade, make} = await developer(t, {finality: NEVER_FINAL});
  const [watcher, follower] = [await RpcClient.open(url), await RpcClient.open(url)];
  t.after(() => {
    for (const one of [watcher, follower]) one.terminate();
  });
  const watched = await watcher.call<string>("state_subscribeRuntimeVersion");
  const followed = await follower.call<string>("chainHead_v1_follow", true);
  const version = async () => (await watcher.item<Version>(watched)).specVersion;
  assert.equal(await version(), FOREIGN.specVersion);
  const event = () => follower.item<FollowEvent>(followed);
  assert.equal((await event()).finalizedBlockRuntime?.spec.specVersion, FOREIGN.specVersion);
  assert.equal((await event()).event, "bestBlockChanged");
  const newRuntime = async (hash: string) => {
    const told = await event();
    assert.deepEqual([told.event, told.blockHash], ["newBlock", hash]);
    return told.newRuntime === null ? null : told.newRuntime?.spec.specVersion;
  };
  const best = async (hash: string) => {
    const told = await event();
    assert.deepEqual([told.event, told.bestBlockHash], ["bestBlockChanged", hash]);
  };
  const common = await make();
  assert.equal(await newRuntime(common), null);
  await best(common);
  const changed = await upgrade();
  assert.equal(await newRuntime(changed), UPGRADED.specVersion);
  await best(changed);
  assert.equal(await version(), UPGRADED.specVersion);
  const other = await make(common);
  assert.equal(await newRuntime(other), null);
  const wins = await make(other);
  assert.equal(await newRuntime(wins), null);
  await best(wins);
  assert.equal(await version(), FOREIGN.specVersion);
  const goesOn = await make(changed);
  assert.equal(await newRuntime(goesOn), null);
  const winsAgain = await make(goesOn);
  assert.equal(await newRuntime(winsAgain), null);
  await best(winsAgain);
  assert.equal(await version(), UPGRADED.specVersion);
  await make();
  // Of the subscription there is nothing between this and what was taken.
  await watcher.call("system_health");
});

test("a client that comes after the upgrade is told the new runtime at once, and keys, slots and set are told as ever", async t => {
  const {url, client, upgrade, make, node} = await developer(t);
  await make();
  const began = Date.now();
  await upgrade();
  await make();
  await client.call("engine_finalizeBlock", await make());
  const follower = await RpcClient.open(url);
  t.after(() => follower.terminate());
  const followed = await follower.call<string>("chainHead_v1_follow", true);
  const first = await follower.item<FollowEvent>(followed);
  assert.equal(first.finalizedBlockRuntime?.spec.specVersion, UPGRADED.specVersion);
  const status = await client.call<{
    head: {slotDuration: number; age: number};
    verdict: {code: string};
  }>("collator_status");
  assert.equal(status.head.slotDuration, UPGRADED.slotDuration);
  assert.ok(status.head.age < 60_000);
  assert.equal(status.verdict.code, "producing");
  const slots = await client.call<{at: number; outcome: string}[]>("collator_slots");
  assert.equal(slots.length, 4);
  for (const {at, outcome} of slots) {
    assert.match(outcome, /^(produced|final)$/);
    assert.ok(Math.abs(at - began) < 60_000, `${at}`);
  }
  // The first version published no rule of who is kicked.
  const set = await client.call<{kickThreshold: number | null}>("collator_set");
  assert.equal(set.kickThreshold, FOREIGN.period);
  assert.equal(node.keyReadiness().kind, "active");
  const rewards = await client.call<{at: number}[]>(
    "collator_rewards",
    encodeSs58(knownAccount("Alice").sr25519, FOREIGN.ss58Prefix),
  );
  for (const {at} of rewards) assert.ok(Math.abs(at - began) < 60_000, `${at}`);
});

test("a node that is stopped after the block that changed the code, or before it, goes on where it was, slots and all", async t => {
  const basePath = mkdtempSync(join(tmpdir(), "khala-upgrade-"));
  t.after(() => rmSync(basePath, {recursive: true, force: true}));
  const run = async (work: (kit: Awaited<ReturnType<typeof developer>>) => Promise<void>) => {
    const kit = await developer(t, {basePath, finality: NEVER_FINAL});
    await work(kit);
    await kit.node.stop();
  };
  let changed = "";
  await run(async ({make, upgrade}) => {
    await make();
    changed = await upgrade();
  });
  for (let runs = 0; runs < 2; runs++) {
    await run(async ({client, make, node}) => {
      const {specVersion} = await client.call<Version>("state_getRuntimeVersion");
      assert.equal(specVersion, UPGRADED.specVersion);
      assert.equal(node.slotDuration(), UPGRADED.slotDuration);
      assert.ok(Math.abs(node.time.now() - Date.now()) < 60_000);
      await make();
      const at = await client.call<number>("state_getRuntimeVersion", changed);
      assert.ok(at);
    });
  }
});

test("code that nothing here runs ends the chain with what is wrong and what to do, and a new start says the same", async t => {
  const basePath = mkdtempSync(join(tmpdir(), "khala-ended-"));
  t.after(() => rmSync(basePath, {recursive: true, force: true}));
  for (const [name, code, said] of ENDS) {
    const reports: Report[] = [];
    const options = {
      basePath: join(basePath, name),
      onFatal: (report: Report) => reports.push(report),
    };
    const {node, client, make} = await developer(t, options);
    await make();
    const call = "set_code_without_checks";
    const bytes = signedUpgrade(node.core, node.crypto, code(node.crypto.hashing), {call});
    await client.call("author_submitExtrinsic", bytesToHex(bytes));
    await client.reply("engine_createBlock", true, false);
    await node.stop();
    assert.deepEqual(
      reports.map(({code, what}) => [code, said.what.test(what) || what]),
      [[said.code, true]],
    );
    await assert.rejects(developer(t, options), new RegExp(said.code));
  }
});

const ENDS: readonly (readonly [
  name: string,
  code: (hashing: Hashing) => Uint8Array,
  said: {readonly code: string; readonly what: RegExp},
])[] = [
  [
    "garbage",
    () => utf8Bytes("no code at all"),
    {
      code: "chain-ended",
      what: /no block can follow block 2: .*none that this program runs: no readable version/,
    },
  ],
  [
    "cut",
    hashing => releaseCode(hashing, UPGRADED).subarray(0, 40),
    {
      code: "chain-ended",
      what: /no block can follow block 2: .*cannot be run: it is no WebAssembly module/,
    },
  ],
  [
    "later",
    hashing => releaseCode(hashing, {...UPGRADED, specVersion: 99}),
    {code: "chain-not-runnable", what: /there is no toyland 99 here \(toyland 99, code hash/},
  ],
  [
    "aura",
    hashing => releaseCode(hashing, WITHOUT_AURA),
    {code: "consensus-unknown", what: /from block 2 on .* does not say who authors/},
  ],
];

interface FollowEvent {
  readonly event: string;
  readonly blockHash?: string;
  readonly bestBlockHash?: string;
  readonly newRuntime?: {readonly spec: Version} | null;
  readonly finalizedBlockRuntime?: {readonly spec: Version};
}
