import assert from "node:assert/strict";
import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {after, before, test} from "node:test";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {
  bestOf,
  finalizedOf,
  hashAt,
  type NetworkNode,
  ProcessNetwork,
  until,
} from "../support/network.ts";
import {rpc} from "../support/rpc.ts";
import {temporaryFolder} from "../support/temporary-folder.ts";

const CHAIN = ["--chain=local", "--param=slot=200ms", "--param=session=8"];
const network = new ProcessNetwork(CHAIN);
const nodes: NetworkNode[] = [];

before(async () => {
  for (const name of ["alice", "bob", "charlie", "dave"]) {
    // What is exported of a block of before is asked for when many more may have been made.
    nodes.push(await network.start(name, `--${name}`, "--state-pruning=archive"));
  }
  await until("some blocks are final", async () => (await finalizedOf(nodes[0]!)) > 12);
});
after(() => network.close());

/** Runs a command that has to succeed; gives its JSON. */
async function khala(...args: string[]): Promise<Record<string, unknown>> {
  const {code, stdout, stderr} = await runKhala([...args, "--json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

async function refused(...args: string[]): Promise<string> {
  const {code, stderr} = await runKhala(args);
  assert.equal(code, 1, stderr);
  return stderr;
}

test("a snapshot of a node that runs is checked from the chain's first block on, and a node begins with it and fills its history", async () => {
  const [alice] = nodes as [NetworkNode];
  const folder = await temporaryFolder("snapshot");
  const exported = (await khala(
    "snapshot",
    "export",
    join(folder, "one"),
    `--socket=${socketOf(alice)}`,
  )) as {block: {number: number; hash: string}; isProved: boolean};
  assert.equal(exported.isProved, true);
  assert.ok(exported.block.number > 12);
  assert.equal((await khala("snapshot", "verify", join(folder, "one"))).isGood, true);
  const listed = (await khala("snapshot", "list", folder)) as unknown as {block: object}[];
  assert.deepEqual(
    listed.map(({block}) => block),
    [exported.block],
  );

  // As an export leaves it that is killed before its last file; what is the newest block is another one by now.
  const broken = join(await temporaryFolder("broken"), "one");
  cpSync(join(folder, "one"), broken, {recursive: true});
  const whole = readFileSync(join(broken, "manifest.json"), "utf8");
  const {sha256: _, format: __, components: ___, ...subject} = JSON.parse(whole);
  writeFileSync(join(broken, "unfinished.jsonl"), `${JSON.stringify(subject)}\n`);
  rmSync(join(broken, "manifest.json"));
  await until("another is final", async () => (await finalizedOf(alice)) > exported.block.number);
  const goneOn = await khala("snapshot", "export", broken, `--socket=${socketOf(alice)}`);
  assert.deepEqual(goneOn.block, exported.block);
  assert.equal(readFileSync(join(broken, "manifest.json"), "utf8"), whole);

  const basePath = join(dirname(alice.basePath), "imported");
  const imported = await khala(
    "snapshot",
    "import",
    join(folder, "one"),
    ...CHAIN,
    `--base-path=${basePath}`,
  );
  assert.equal(imported.isProved, true);
  const node = await network.start("imported");
  assert.equal(await hashAt(node, exported.block.number), exported.block.hash);
  await until("it follows the head", async () => {
    const [own, other] = [await finalizedOf(node), await finalizedOf(alice)];
    return own > exported.block.number + 5 && other - own <= 8;
  });
  await until("its history is whole", async () => (await hashAt(node, 1)) !== null);
  for (let number = 0; number <= exported.block.number; number += 3) {
    assert.equal(await hashAt(node, number), await hashAt(alice, number), `at ${number}`);
  }
  assert.match(
    await refused(
      "snapshot",
      "import",
      join(folder, "one"),
      ...CHAIN,
      `--base-path=${await temporaryFolder("other")}`,
      "--param=bond=17PHA",
    ),
    /genesis-mismatch: the snapshot is of another chain/,
  );
  await network.kill(node);
  // A block of before, whose state never was here.
  const two = join(folder, "two");
  const earlier = exported.block.number - 4;
  await khala("snapshot", "export", two, `--block=${earlier}`, `--socket=${socketOf(alice)}`);
  const filled = await khala("snapshot", "import", two, ...CHAIN, `--base-path=${basePath}`);
  assert.equal(filled.isFilled, true);
  const ranges = (await khala("db", "ranges", ...CHAIN, `--base-path=${basePath}`)) as {
    kept: {states: {from: number; to: number}[]};
  };
  assert.ok(ranges.kept.states.some(({from, to}) => from === earlier && to === earlier));
  const again = await network.start("imported");
  const hash = await hashAt(again, earlier);
  assert.deepEqual(
    await rpc(again.url, "state_getKeysPaged", ["0x", 500, null, hash]),
    await rpc(alice.url, "state_getKeysPaged", ["0x", 500, null, hash]),
  );
  await network.kill(again);
});

const socketOf = ({basePath}: NetworkNode): string => {
  const [id] = readdirSync(join(basePath, "chains"));
  return join(basePath, "chains", id!, "rpc.sock");
};

test("what nothing proves is taken at somebody's word only, and a damaged file is named", async () => {
  const solo = ["--dev", "--finality=at-once"];
  const base = await temporaryFolder("solo");
  const node = await startKhala([
    "dev",
    `--base-path=${base}`,
    "--seal=manual",
    "--finality=at-once",
    "--rpc-port=0",
    "--port=0",
    "--no-prometheus",
  ]);
  await rpc(node.url, "dev_newBlock", [{count: 9}]);
  const [some, url] = [join(base, "some.json"), `--url=${node.url}`];
  await khala("export-blocks", some, "--from=3", "--to=5", url);
  const checked = await runKhala(["check-block", "--file", some, url, "--json"]);
  // A runtime that is no parachain's has no judge: each is executed, and not judged.
  assert.equal(checked.code, 3);
  const verdicts = JSON.parse(checked.stdout) as {number: number; verdict: string; code: string}[];
  assert.deepEqual(
    verdicts.map(({number, code}) => [number, code]),
    [3, 4, 5].map(number => [number, "no-judge"]),
  );
  assert.match(await refused("export-blocks", join(base, "no", "where"), url), /system-refused/);
  await node.stop();
  const folder = join(base, "snapshot");
  const exported = (await khala("snapshot", "export", folder, "--dev", `--base-path=${base}`)) as {
    block: {number: number; hash: string};
    isProved: boolean;
  };
  assert.deepEqual([exported.block.number, exported.isProved], [9, false]);
  const target = `--base-path=${join(base, "target")}`;
  const words = await refused("snapshot", "import", folder, ...solo, target);
  assert.match(words, new RegExp(`block-not-proved: .*\n.*\n.*\n.*--block ${exported.block.hash}`));
  const wrong = await refused(
    "snapshot",
    "import",
    folder,
    ...solo,
    target,
    `--block=0x${"11".repeat(32)}`,
  );
  assert.match(wrong, /block-differs/);
  const file = join(folder, "state-000000.br");
  const bytes = readFileSync(file);
  const spoilt = Uint8Array.from(bytes);
  spoilt[1_000]! ^= 1;
  writeFileSync(file, spoilt);
  for (const args of [
    ["snapshot", "verify", folder],
    ["snapshot", "import", folder, ...solo, target, `--block=${exported.block.hash}`],
  ]) {
    assert.match(
      await refused(...args),
      /snapshot-damaged: state-000000\.br is not what was exported/,
    );
  }
  writeFileSync(file, bytes);
  await khala("snapshot", "import", folder, ...solo, target, `--block=${exported.block.hash}`);
  const next = await startKhala([
    "dev",
    target,
    "--seal=manual",
    "--finality=at-once",
    "--rpc-port=0",
    "--port=0",
    "--no-prometheus",
  ]);
  await rpc(next.url, "dev_newBlock", [{count: 2}]);
  assert.deepEqual([await bestOf(next), await hashAt(next, 9)], [11, exported.block.hash]);
  await next.stop();
});

test("blocks go out of one database and into another, and what is not final is taken back", async () => {
  const base = await temporaryFolder("blocks");
  const alone = await startKhala([
    ...CHAIN,
    `--base-path=${join(base, "one")}`,
    "--alice",
    "--force-authoring",
    "--rpc-port=0",
    "--listen-addr=none",
    "--no-prometheus",
  ]);
  await until("a few blocks", async () => (await bestOf(alone)) > 7);
  const best = await bestOf(alone);
  const running = await refused("revert", "2", ...CHAIN, `--base-path=${join(base, "one")}`);
  assert.match(running, /database-locked/);
  await alone.stop();
  const one = [...CHAIN, `--base-path=${join(base, "one")}`];
  const two = [...CHAIN, `--base-path=${join(base, "two")}`];
  const [json, binary] = [join(base, "blocks.json"), join(base, "blocks.bin")];
  assert.equal((await khala("export-blocks", json, ...one, "--to=4")).blocks, 4);
  const whole = (await khala("export-blocks", binary, "--binary", ...one)) as {blocks: number};
  assert.ok(whole.blocks >= best);
  assert.equal((await khala("import-blocks", json, ...two)).imported, 4);
  const rest = (await khala("import-blocks", binary, ...two)) as {
    imported: number;
    known: number;
    best: number;
  };
  assert.deepEqual([rest.known, rest.best], [4, whole.blocks]);
  const reverted = (await khala("revert", "3", ...two)) as {
    reverted: number;
    best: {number: number};
  };
  assert.deepEqual([reverted.reverted, reverted.best.number], [3, whole.blocks - 3]);
  const again = (await khala("import-blocks", binary, ...two)) as {imported: number};
  assert.equal(again.imported, 3);
  const all = (await khala("revert", ...two)) as {reverted: number};
  assert.equal(all.reverted, whole.blocks);
  writeFileSync(binary, readFileSync(binary).subarray(0, -10));
  assert.match(
    await refused("import-blocks", binary, ...two),
    /blocks-damaged: .* block \d+ of \d+ cannot be read/,
  );
  const {stdout} = await runKhala(["export-state", "2", ...one]);
  writeFileSync(join(base, "fork.json"), stdout);
  const head = await runKhala(["export-genesis-head", `--chain=${join(base, "fork.json")}`]);
  const root = (
    JSON.parse(readFileSync(json, "utf8").split("\n")[1]!) as {block: {header: {stateRoot: string}}}
  ).block.header.stateRoot;
  assert.ok(head.stdout.includes(root.slice(2)), "the fork begins with the state after block 2");
});
