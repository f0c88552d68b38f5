import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {runKhala, startKhala} from "../support/khala-process.ts";
import {rpc} from "../support/rpc.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-refusals-"));
after(() => rmSync(directory, {recursive: true, force: true}));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** Programs that say one thing and end have nothing to do with each other; so many keep a core or two at work. */
const AT_ONCE = 4;

async function severalAtOnce<Case>(
  cases: readonly Case[],
  run: (one: Case) => Promise<void>,
): Promise<void> {
  const left = cases.values();
  const lane = async () => {
    for (const one of left) await run(one);
  };
  await Promise.all(Array.from({length: AT_ONCE}, lane));
}

test("a bad flag is refused with the one it looks like, exit code 2", async () => {
  const cases: [string[], RegExp][] = [
    [["dev", "--rpc-prot=1"], /^flag-unknown: .*did you mean --rpc-port\?/ms],
    [["dev", "--rpc-port=banana"], /^flag-invalid: --rpc-port banana: expected a whole number/m],
    [["dev", "--seal=sometimes"], /^flag-invalid: --seal sometimes: expected slots, instant/m],
    [
      ["dev", "--state-pruning=0"],
      /^flag-invalid: --state-pruning 0: expected archive, .*since:HEIGHT/m,
    ],
    [
      ["dev", "--blocks-pruning=since:1"],
      /^flag-invalid: --blocks-pruning since:1: expected archive/m,
    ],
    [["dev", "--keep-pallet=0x12"], /^flag-invalid: --keep-pallet 0x12: /m],
    [["dev", "--rpc-methods=all"], /^flag-invalid: /m],
    [["dev", "--log=loud"], /^flag-invalid: /m],
    [["dev", "extra"], /^argument-unknown: /m],
    [["collator", "status", "extra"], /^argument-unknown: what is extra\?/m],
    [["net", "4", "extra"], /^argument-unknown: /m],
    [["dve"], /^command-unknown: .*did you mean khala dev\?/ms],
    [["--collator"], /^chain-missing: /m],
  ];
  await severalAtOnce(cases, async ([args, expected]) => {
    const {code, stderr} = await runKhala(args);
    assert.match(stderr, expected, args.join(" "));
    assert.equal(code, 2, args.join(" "));
  });
});

test("a secret in the wrong place, or in an address, is not repeated", async () => {
  const phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
  for (const args of [
    ["key", "sign", phrase],
    [phrase],
    ["collator", "status", `0x${"9d".repeat(32)}`],
    ["key", "insert", `${phrase}//1`],
    ["keys", "status", "wss://me:obey@example.org"],
  ]) {
    const {code, stdout, stderr} = await runKhala(args);
    assert.equal(code, 2);
    assert.doesNotMatch(`${stdout}${stderr}`, /obey|9d9d/);
    assert.match(stderr, /…/);
  }
});

test("-h is --help, before a command and behind it", async () => {
  for (const args of [[], ["dev"], ["key", "sign"], ["--chain=dev"]]) {
    const [short, long] = await Promise.all([
      runKhala([...args, "-h"]),
      runKhala([...args, "--help"]),
    ]);
    assert.deepEqual(short, long);
    assert.equal(short.code, 0);
  }
});

test("what Substrate's nodes have is answered in a line", async () => {
  const state = await runKhala(["export-genesis-state"]);
  assert.equal(state.code, 2);
  assert.match(state.stderr, /khala export-genesis-head/);
  const port = await runKhala(["dev", "--ws-port", "9944"]);
  assert.equal(port.code, 2);
  assert.match(port.stderr, /^flag-foreign: .*--rpc-port PORT/ms);
  const spec = await runKhala(["build-spec", "--dev", "--disable-default-bootnode"]);
  assert.equal(spec.code, 0);
  assert.match(spec.stderr, /^--disable-default-bootnode has no effect: /);
  assert.equal(JSON.parse(spec.stdout).id, "khala_dev");
  assert.doesNotMatch((await runKhala(["dev", "--banana"])).stderr, /did you mean/);
});

test("a group of commands lists them", async () => {
  const asked = await runKhala(["collator", "--help"]);
  assert.equal(asked.code, 0);
  assert.match(asked.stdout, /^ {2}collator join +become a collator/m);
  assert.doesNotMatch(asked.stdout, /purge-chain/);
  assert.equal((await runKhala(["keys"])).code, 2);
});

test("a bad chain spec or parameter is refused with its key, exit code 1", async () => {
  const {stdout} = await runKhala(["build-spec", "--chain", "dev"]);
  const spec = JSON.parse(stdout);
  const change = (name: string, edit: (patch: Record<string, never>) => void) => {
    const copy = structuredClone(spec);
    edit(copy.genesis.runtimeGenesis.patch);
    return `--chain=${file(name, JSON.stringify(copy))}`;
  };
  // biome-ignore lint/suspicious/noExplicitAny: documents are spoilt on purpose
  type Patch = any;
  const cases: [string[], RegExp][] = [
    [[`--chain=${join(directory, "missing.json")}`], /^chain-spec-unreadable: /m],
    [[`--chain=${file("no.json", "{")}`], /^chain-spec-invalid: .*key +\(file\)/ms],
    [
      [change("key.json", (p: Patch) => p.session.keys[0].pop())],
      /key +genesis\.runtimeGenesis\.patch\.session\.keys\[0\]/,
    ],
    [
      [change("address.json", (p: Patch) => (p.balances.balances[2][0] = "nobody"))],
      /key +genesis\.runtimeGenesis\.patch\.balances\.balances\[2\]\[0\]/,
    ],
    [
      [change("unfunded.json", (p: Patch) => (p.balances.balances = []))],
      /invulnerables\[0\].*has no balance/s,
    ],
    [
      [change("typo.json", (p: Patch) => (p.collatorSelecton = {}))],
      /collatorSelecton.*unknown key/s,
    ],
    [["dev", "--param=sesion=3"], /^parameter-unknown: .*did you mean session/ms],
    [
      ["dev", "--param=session=10", "--param=kick=15"],
      /^parameter-invalid: kickThreshold must be a multiple/m,
    ],
    [["dev", "--param=slot=soon"], /^parameter-invalid: slot=soon/m],
    [["--chain=standalone"], /^genesis-missing: /m],
  ];
  await severalAtOnce(cases, async ([args, expected]) => {
    const {code, stderr} = await runKhala([...args, "--rpc-port=0", "--tmp"]);
    assert.match(stderr, expected, args.join(" "));
    assert.equal(code, 1, args.join(" "));
  });
});

test("a port in use is said, and the node does not start", async () => {
  const blocker = createServer();
  await new Promise<void>(resolve => blocker.listen(0, "127.0.0.1", resolve));
  const {port} = blocker.address() as {port: number};
  const {code, stderr} = await runKhala(["dev", `--rpc-port=${port}`]);
  assert.equal(code, 1);
  assert.match(stderr, /^port-in-use: /m);
  blocker.close();
});

test("too little disk space is said before anything is begun", async () => {
  const {code, stderr} = await runKhala(["dev", "--rpc-port=0", "--min-free-space=900000000"]);
  assert.equal(code, 1);
  assert.match(stderr, /^disk-low: /m);
});

test("malformed extrinsics get errors, and the node makes blocks on", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--param=slot=100ms"]);
  const number = async () =>
    Number((await rpc<{number: string}>(node.url, "chain_getHeader", [])).number);
  const before = await number();
  const bad = ["0x", "0x00", "0xffff", "not hex", "0x280403", `0x${"84".repeat(2_000)}`, 7, null];
  for (const extrinsic of bad) {
    await assert.rejects(
      rpc(node.url, "author_submitExtrinsic", [extrinsic]),
      /author_submitExtrinsic: /,
    );
  }
  while ((await number()) < before + 3) await new Promise(resolve => setTimeout(resolve, 50));
  assert.equal(await node.stop(), 0);
});

test("the program answers --help in groups and --version", async () => {
  const help = await runKhala(["--help"]);
  assert.equal(help.code, 0);
  for (const group of ["Commands:", "Chain:", "Data:", "Authoring:", "JSON-RPC:"]) {
    assert.ok(help.stdout.includes(group), group);
  }
  const version = await runKhala(["--version"]);
  assert.match(version.stdout, /^khala \d+\.\d+\.\d+/);
});

test("a node whose reader goes away stops cleanly", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--param=slot=50ms"]);
  node.child.stderr?.destroy();
  assert.equal(await node.exited, 0);
});

test("a node says on one line where everything is, for scripts, and its log is not in between", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--json", "--param=slot=50ms"]);
  while (Number(((await rpc(node.url, "chain_getHeader", [])) as {number: string}).number) < 3);
  node.child.stdout?.resume();
  assert.equal(await node.stop(), 0);
  const told = node.lines.filter(line => line.startsWith("{"));
  assert.equal(told.length, 1);
  const {rpc: url, chain, accounts} = JSON.parse(told[0]!);
  assert.deepEqual([url, chain.id, accounts[0].name], [node.url, "khala_dev", "Alice"]);
});

test("logs come as JSON on request", async () => {
  const node = await startKhala(["dev", "--rpc-port=0", "--log-format=json", "--seal=manual"]);
  await rpc(node.url, "engine_createBlock", [true, true]);
  await node.stop();
  const entries = node.lines.map(line => JSON.parse(line));
  assert.ok(entries.some(({target, message}) => target === "block" && message.startsWith("#1 ")));
});

/** Every command, and the node's own: with nothing else said, and nothing to read. */
const ALL = [
  "",
  "build-spec",
  "rehearse",
  "upgrade",
  "check-block",
  "export-genesis-head",
  "purge-chain",
  "net",
  "collator join",
  "collator bond",
  "collator leave",
  "collator status",
  "collator set",
  "collator rewards",
  "config check",
  "config show",
  "db ranges",
  "doctor",
  "keys rotate",
  "keys resume",
  "keys status",
  "keys insert",
  "keys export",
  "keys import",
  "key generate",
  "key inspect",
  "key insert",
  "key sign",
  "key verify",
  "key generate-node-key",
  "key inspect-node-key",
  "runtime inspect",
  "types",
  "completion",
  "mcp",
  "export-blocks",
  "import-blocks",
  "export-state",
  "revert",
  "db stats",
  "db diff",
  "db check",
  "db compact",
  "snapshot export",
  "snapshot import",
  "snapshot list",
  "snapshot verify",
];

test("with standard input closed, every command ends with a word and an exit code of its own", async () => {
  const {stdout} = await runKhala(["--help"]);
  const help = stdout.split("Commands:")[1] ?? "";
  const listed = [...help.matchAll(/^ {2}([a-z-]+(?: [a-z-]+)?) {2,}[a-z]/gm)].map(
    ([, name]) => name,
  );
  const missing = listed.filter(name => !name!.endsWith("dev") && !ALL.includes(name!));
  assert.deepEqual(missing, []);
  const env = {KHALA_URL: "ws://127.0.0.1:1", KHALA_BASE_PATH: join(directory, "none")};
  await severalAtOnce(ALL, async command => {
    const args = command.split(" ").filter(Boolean);
    const {code, stdout, stderr} = await runKhala(args, {env});
    assert.ok(code !== null && code <= 3, `${command}: exit code ${code}`);
    assert.ok(`${stdout}${stderr}`.trim() !== "", `${command} says nothing`);
  });
  const asked = await runKhala(["purge-chain", "--chain=dev"], {env});
  assert.equal(asked.code, 1);
  assert.match(asked.stderr, /^unanswered: /m);
});
