import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {createPortableHashing} from "#crypto";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {until} from "../support/network.ts";
import {failRpc, rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

interface Status {
  readonly states: string;
  readonly pallets: readonly string[];
  readonly kept: Record<"headers" | "bodies" | "states", readonly {from: number; to: number}[]>;
  readonly statesToRemove: number;
}

const {twox128} = createPortableHashing();
const keyOf = (pallet: string, item: string) =>
  `0x${[pallet, item].map(name => bytesToHex(twox128(new TextEncoder().encode(name))).slice(2)).join("")}`;

const SOLO = ["--seal=manual", "--finality=at-once", "--rpc-port=0", "--port=0", "--no-prometheus"];

const statusOf = (url: string) => rpc<Status>(url, "khala_pruning", []);
const hashAt = (url: string, number: number) => rpc<string>(url, "chain_getBlockHash", [number]);
const swept = (url: string, from: number) =>
  until(`states are kept from ${from} on`, async () => {
    const {kept, statesToRemove} = await statusOf(url);
    return kept.states[0]!.from === from && statesToRemove === 0;
  });

test("below what is kept nothing is made up: which states there are is said, and metadata is still told", async t => {
  const node = await startKhala(["dev", ...SOLO, "--state-pruning=4", "--keep-pallet=System"]);
  t.after(() => node.stop());
  const {url} = node;
  await rpc(url, "dev_newBlock", [{count: 20}]);
  await swept(url, 17);
  const [gone, kept] = [await hashAt(url, 5), await hashAt(url, 17)];

  const error = await failRpc(url, "state_getStorage", [keyOf("Timestamp", "Now"), gone]);
  assert.equal(error.code, 4_003);
  assert.match(error.message, new RegExp(`State already discarded for ${gone}: .*17 to 20`));
  assert.deepEqual(error.data, {
    block: 5,
    statesKept: [{from: 17, to: 20}],
    nearest: {number: 17, hash: kept},
    statePruning: "4",
    pallets: ["System"],
  });
  const discarded = /State already discarded for .*17 to 20/;
  for (const [method, ...params] of [
    ["state_getKeysPaged", "0x", 10, null, gone],
    ["state_call", "AuraApi_authorities", "0x", gone],
    ["state_getReadProof", [keyOf("System", "Number"), keyOf("Timestamp", "Now")], gone],
    [
      "childstate_getKeys",
      `0x${Buffer.from(":child_storage:default:x").toString("hex")}`,
      "0x",
      gone,
    ],
  ] as const) {
    assert.match((await failRpc(url, method, params)).message, discarded, method);
  }
  const fee = await failRpc(url, "payment_queryInfo", ["0x00", gone]);
  assert.match(`${fee.message} ${fee.data}`, discarded);
  assert.ok((await rpc(url, "state_getStorage", [keyOf("Timestamp", "Now"), kept])) !== null);

  assert.equal(await rpc(url, "state_getStorage", [keyOf("System", "Number"), gone]), "0x05000000");
  const system = keyOf("System", "Number").slice(0, 34);
  const page = await rpc<string[]>(url, "state_getKeysPaged", [system, 1_000, null, gone]);
  assert.ok(page.length > 5 && page.every(key => key.startsWith(system)));
  for (const method of ["state_getMetadata", "state_getRuntimeVersion"]) {
    assert.deepEqual(await rpc(url, method, [gone]), await rpc(url, method, [kept]), method);
  }
});

test("what is kept can be changed while a node runs, is remembered, and is said of a database that nobody runs", async t => {
  const base = await temporaryFolder("pruning");
  const start = (...flags: string[]) =>
    startKhala(["dev", ...SOLO, `--base-path=${base}`, ...flags]);
  let node = await start();
  t.after(() => node.stop());
  await rpc(node.url, "dev_newBlock", [{count: 12}]);
  assert.equal((await statusOf(node.url)).states, "archive");
  const slip = await failRpc(node.url, "khala_setPruning", ["3", "2", ["Balnces"]]);
  assert.match(slip.message + JSON.stringify(slip), /Balnces; did you mean Balances/);
  const narrowed = await rpc<Status>(node.url, "khala_setPruning", ["3", "2", ["Balances"]]);
  assert.deepEqual([narrowed.states, narrowed.pallets], ["3", ["Balances"]]);
  await swept(node.url, 10);
  await rpc(node.url, "khala_setPruning", ["since:11"]);
  await rpc(node.url, "dev_newBlock", [{count: 6}]);
  await swept(node.url, 11);
  const asked = await runKhala(["db", "ranges", "--json", `--base-path=${base}`]);
  const {kept} = JSON.parse(asked.stdout) as Status;
  assert.deepEqual(kept, {
    headers: [{from: 0, to: 18}],
    bodies: [{from: 17, to: 18}],
    states: [{from: 11, to: 18}],
  });
  await node.stop();

  const offline = await runKhala(["db", "ranges", "--json", `--base-path=${base}`]);
  assert.deepEqual((JSON.parse(offline.stdout) as Status).kept, kept);
  const text = await runKhala(["db", "ranges", `--base-path=${base}`]);
  assert.match(text.stdout, /states +11 to 18 {2}\(--state-pruning since:11\)/);
  node = await start();
  assert.equal((await statusOf(node.url)).states, "since:11");
  await node.stop();
  node = await start("--state-pruning=2", "--keep-pallet=none");
  await swept(node.url, 17);
  assert.deepEqual((await statusOf(node.url)).pallets, []);
  const refused = await failRpc(node.url, "khala_setPruning", ["some"]);
  assert.match(String(refused.data), /^states: expected archive, /);
});

test("there is nothing to say of a database that is not there", async () => {
  const base = await temporaryFolder("pruning-none");
  const {code, stderr} = await runKhala(["db", "ranges", `--base-path=${base}`]);
  assert.equal(code, 1);
  assert.match(stderr, /^database-missing: /);
});
