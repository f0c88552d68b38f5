import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {setTimeout as wait} from "node:timers/promises";
import {unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {CODE_KEY} from "#primitives";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {startNet} from "../support/net-process.ts";
import {rpc} from "../support/rpc.ts";
import {knownChain} from "./support/known-specs.ts";
import {statemine901} from "./support/statemine-901.ts";

const folder = mkdtempSync(join(tmpdir(), "khala-one-command-"));
after(() => rmSync(folder, {recursive: true, force: true}));

const text = await knownChain("rococo_v2_2_asset_hub");
const SPEC = join(folder, "statemine.json");
writeFileSync(SPEC, text);
const ALONE = ["--rpc-port=0", "--listen-addr=none", "--no-prometheus"];

/** Asked until it holds; a test that waits for ever is cut off. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(20);
}

const finalized = async (url: string): Promise<number> => {
  const hash = await rpc<string>(url, "chain_getFinalizedHead", []);
  return Number((await rpc<{number: string}>(url, "chain_getHeader", [hash])).number);
};

/** A build in which the function that ends a block goes by another name. */
function withoutEndOfBlocks(module: Uint8Array): Uint8Array {
  const name = Buffer.from("BlockBuilder_finalize_block");
  const at = Buffer.from(module).indexOf(name);
  assert.ok(at > 0);
  const changed = module.slice();
  changed[at + name.length - 1]! ^= 1;
  return changed;
}

test("khala net 4 --chain: another team's parachain, four nodes, blocks in turn and final", async () => {
  const net = await startNet(["4", `--chain=${SPEC}`, "--rate=20"]);
  try {
    assert.deepEqual(
      net.nodes.map(({name}) => name),
      ["alice", "bob", "charlie", "dave"],
    );
    assert.ok(net.lines.some(line => /is rehearsed with development accounts/.test(line)));
    for (const {url} of net.nodes) await until(async () => (await finalized(url)) >= 5);
    const authors = () =>
      new Set(net.lines.flatMap(line => /^#\d+ \S+ by (\w+), 0 tx/.exec(line)?.[1] ?? []));
    // On a busy machine somebody's first turns may pass unused.
    await until(async () => authors().size >= 4);
    assert.deepEqual([...authors()].sort(), ["alice", "bob", "charlie", "dave"]);
    const methods = await rpc<{methods: string[]}>(net.nodes[0]!.url, "rpc_methods", []);
    assert.ok(methods.methods.includes("grandpa_roundState"));
    // Where nodes have peers, none may part the chain from theirs.
    assert.ok(!methods.methods.includes("dev_dispatch"));
  } finally {
    await net.stop("SIGINT");
  }
});

test("khala net of a chain that begins later tells of the blocks that somebody made, from the first one on", async () => {
  const net = await startNet(["4", `--chain=${SPEC}`, "--rate=6", "--set=System.Number=1700"]);
  try {
    await until(async () => net.lines.some(line => line.startsWith("#1702 ")));
    const from = net.lines.findIndex(line => line.startsWith("ready"));
    assert.match(net.lines.slice(from + 1)[0]!, /^#1701 \S+ by (alice|bob|charlie|dave), 0 tx/);
  } finally {
    await net.stop("SIGINT");
  }
});

test("khala dev --chain: the greeting says what runs; a call of root's; a rebuilt runtime is taken over", async () => {
  const code = join(folder, "runtime.wasm");
  const {genesis} = unwrap(parseChainSpec(text)).spec;
  assert.ok(genesis.kind === "raw");
  const first = genesis.top.get(CODE_KEY)!;
  writeFileSync(code, first);
  const node = await startKhala([
    "dev",
    `--chain=${SPEC}`,
    `--code=${code}`,
    "--watch",
    "--rate=10",
    "--rpc-methods=unsafe",
    ...ALONE,
  ]);
  try {
    await until(async () => (await finalized(node.url)) >= 2);
    const said = node.lines.join("\n");
    assert.match(said, /^ {2}runtime +statemine 900, built with rustc \S+ of \d{4}-\d\d-\d\d$/m);
    assert.match(said, /^ {2}rehearsal +10 times as fast as real time; /m);
    assert.match(said, /^ {2}session +0, 1800 blocks \(36 min\) each; /m);
    assert.match(said, /^ {2}governed by +the relay chain, by message: /m);
    const dispatched = await rpc<Record<string, unknown>>(node.url, "dev_dispatch", [
      {
        origin: "root",
        call: {call: "CollatorSelection.set_desired_candidates", args: {max: 7}},
      },
    ]);
    assert.deepEqual([dispatched.how, dispatched.error], ["relay-message", null]);
    const set = await rpc<{desiredCandidates: number}>(node.url, "collator_set", []);
    assert.equal(set.desiredCandidates, 7);
    const refused = runKhala(["dev", `--chain=${SPEC}`, `--base-path=${join(folder, "kept")}`]);
    writeFileSync(code, statemine901(first));
    await until(async () => node.lines.some(line => /^statemine 900 → statemine 901: /.test(line)));
    const version = await rpc<{specVersion: number}>(node.url, "state_getRuntimeVersion", []);
    assert.equal(version.specVersion, 901);
    const at = node.lines.findIndex(line => line.startsWith("statemine 900 → "));
    await until(async () => node.lines.length > at + 4);
    assert.match(
      node.lines.slice(at, at + 5).join("\n"),
      /first block [\s\S]*migrations +over[\s\S]*unreadable/,
    );
    writeFileSync(code, withoutEndOfBlocks(statemine901(first)));
    const failed =
      /^code-not-taken-over: its first block cannot be made: .*BlockBuilder_finalize_block/;
    await until(async () => node.lines.some(line => failed.test(line)));
    await until(async () =>
      node.lines.some(line => /went back to block \d+, which has the runtime before/.test(line)),
    );
    const final = await finalized(node.url);
    await until(async () => (await finalized(node.url)) >= final + 2);
    assert.match((await refused).stderr, /^rehearsal-not-kept: /m);
  } finally {
    assert.equal(await node.stop(), 0);
  }
});

test("a rehearsal that was written runs as it is, on nodes with keystores of their own", async () => {
  const file = join(folder, "rehearsal.json");
  const made = await runKhala(["rehearse", SPEC, "--collators=2", "--rate=20", `--output=${file}`]);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /^ {2}replaced +CollatorSelection.Invulnerables := \[/m);
  const alice = await startKhala([
    `--chain=${file}`,
    "--alice",
    `--base-path=${join(folder, "alice")}`,
    "--rpc-port=0",
    "--no-prometheus",
    "--listen-addr=/ip4/127.0.0.1/tcp/0",
  ]);
  const [address] = await rpc<string[]>(alice.url, "system_localListenAddresses", []);
  const bob = await startKhala([
    `--chain=${file}`,
    "--bob",
    `--base-path=${join(folder, "bob")}`,
    "--rpc-port=0",
    "--no-prometheus",
    "--listen-addr=/ip4/127.0.0.1/tcp/0",
    `--bootnodes=${address}`,
  ]);
  try {
    for (const {url} of [alice, bob]) await until(async () => (await finalized(url)) >= 4);
    const wrong = await runKhala([`--chain=${file}`, "--finality=at-once", "--tmp", ...ALONE]);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^rehearsal-differs: /m);
  } finally {
    assert.equal(await alice.stop(), 0);
    assert.equal(await bob.stop(), 0);
  }
});
