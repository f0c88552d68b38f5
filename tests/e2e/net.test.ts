import assert from "node:assert/strict";
import {once} from "node:events";
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {type AddressInfo, createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {startKhala} from "../support/khala-process.ts";
import {type NetProcess, startNet as start} from "../support/net-process.ts";
import {finalizedOf, until} from "../support/network.ts";
import {rpc} from "../support/rpc.ts";

const started: NetProcess[] = [];

/** One that a failed test leaves running would hold up all that come after it. */
async function startNet(...given: Parameters<typeof start>): Promise<NetProcess> {
  const net = await start(...given);
  started.push(net);
  return net;
}

after(async () => {
  for (const net of started) await net.stop("SIGKILL");
});

async function answersEverywhere({nodes}: NetProcess): Promise<void> {
  for (const {name, url} of nodes) {
    assert.equal(await rpc(url, "system_chain", []), "Khala Net", name);
  }
  // Not one of them is for itself.
  const healths = await Promise.all(
    nodes.map(({url}) => rpc(url, "system_health", []) as Promise<{peers: number}>),
  );
  assert.ok(healths.every(({peers}) => peers > 0));
}

test("khala net 4 finalizes on every node, each answers, and it ends at once when told", async () => {
  const net = await startNet(["4"]);
  assert.deepEqual(
    net.nodes.map(({name, role}) => [name, role]),
    [1, 2, 3, 4].map(i => [`collator-${i}`, "invulnerable"]),
  );
  await until("block 1 is final everywhere", async () => {
    const finalized = await Promise.all(net.nodes.map(finalizedOf));
    return finalized.every(number => number >= 1);
  });
  await answersEverywhere(net);
  await until("the log tells of blocks", async () =>
    net.lines.some(line => /^#\d+ 0x\w+ by collator-\d, 0 tx, final #[1-9]/.test(line)),
  );
  assert.equal(await net.stop("SIGTERM"), 0);
});

/** Blocks. */
const SESSION = 12;

test("candidates register in the first blocks and author two sessions later", async () => {
  const length = `--param=session=${SESSION}`;
  // On a busy machine many turns in a row may pass unused: nobody is to be kicked for that here.
  const kick = `--param=kick=${10 * SESSION}`;
  const net = await startNet(["2", "--candidates=2", length, kick, "--param=slot=200ms"]);
  const isSaid = (pattern: RegExp) => async () => net.lines.some(line => pattern.test(line));
  const begun = (lines: readonly string[]) =>
    lines.filter(line => /^session \d+ begins/.test(line));
  const candidacies = () => net.lines.filter(line => /^collator-[34] is a candidate/.test(line));
  await until("both are candidates", async () => candidacies().length === 2);
  // On a busy machine the first session may be over by then, before anybody could tell of the next.
  const told = net.lines.slice(0, net.lines.indexOf(candidacies()[1]!));
  const block = Number(/^#(\d+) /.exec(told.findLast(line => line.startsWith("#"))!)![1]);
  const session = Math.floor(block / SESSION);
  const isIn = new RegExp(`^session ${session + 2} begins: 4 authors`);
  await until("both are in the set", isSaid(isIn));
  const [first] = begun(net.lines).filter(line => line.includes(": 4 authors"));
  assert.match(first!, isIn);
  await until("one authors", isSaid(/^#\d+ 0x\w+ by collator-3/));
  await until("the other authors", isSaid(/^#\d+ 0x\w+ by collator-4/));
  assert.equal(await net.stop("SIGINT"), 0);
});

test("with --processes each node is one of its own, over TCP, and all end with the first", async () => {
  const net = await startNet(["3", "--processes"]);
  await until("block 2 is final everywhere", async () => {
    const finalized = await Promise.all(net.nodes.map(finalizedOf));
    return finalized.every(number => number >= 2);
  });
  await answersEverywhere(net);
  assert.equal(await net.stop("SIGTERM"), 0);
  await assert.rejects(rpc(net.nodes[2]!.url, "system_chain", []));
});

test("a wrong number of collators is refused with what to type", async () => {
  await assert.rejects(startNet(["0"]), /how many collators\?\n.*\n.*khala net 4/);
});

test("ports that would run past the last one are refused before anything starts", async () => {
  await assert.rejects(startNet(["3", "--rpc-port=65534"]), /each node has the next one/);
});

test("processes of a network end when the first one is killed without a word, and leave nothing behind", async t => {
  const TMPDIR = mkdtempSync(join(tmpdir(), "khala-net-test-"));
  t.after(() => rmSync(TMPDIR, {recursive: true, force: true}));
  const net = await startNet(["2", "--processes"], {TMPDIR});
  assert.equal(readdirSync(TMPDIR).length, 1);
  assert.ok(net.lines.some(line => line.startsWith("dashboard of collator-1 ")));
  for (const {url} of net.nodes) {
    assert.equal((await fetch(url.replace("ws:", "http:"))).status, 200, "the page is there");
  }
  await net.stop("SIGKILL");
  const isGone = (url: string) =>
    rpc(url, "system_chain", []).then(
      () => false,
      () => true,
    );
  await until("no node answers any more", async () =>
    (await Promise.all(net.nodes.map(({url}) => isGone(url)))).every(Boolean),
  );
  await until("the temporary folder is gone", async () => readdirSync(TMPDIR).length === 0);
});

interface NetNodeJson {
  readonly name: string;
  readonly url: string;
  readonly said: {readonly best: number; readonly verdict: {readonly code: string}} | null;
  readonly goneSince: number | null;
}

for (const [where, flags] of [
  ["in one process", []],
  ["in processes of their own", ["--processes"]],
] as const) {
  test(`each node of a network tells of all of them, ${where}, and takes no address from who asks`, async t => {
    const net = await startNet(["2", ...flags, "--param=slot=1s"]);
    t.after(() => net.stop("SIGTERM"));
    for (const {url} of net.nodes) {
      const nodes = () => rpc<NetNodeJson[]>(url, "khala_netNodes", []);
      // On a busy machine one that answers late is taken for gone, until it is asked again.
      await until("all answer", async () => (await nodes()).every(node => node.goneSince === null));
      const told = await nodes();
      assert.deepEqual(
        told.map(node => [node.name, node.url]),
        net.nodes.map(node => [node.name, node.url]),
      );
      for (const {said} of told) assert.equal(typeof said?.best, "number");
    }
    // An address that somebody brings along is called by nobody.
    let calls = 0;
    const stranger = createServer(socket => {
      calls++;
      socket.destroy();
    });
    stranger.listen(0, "127.0.0.1");
    await once(stranger, "listening");
    t.after(() => stranger.close());
    const {port} = stranger.address() as AddressInfo;
    const asked = await rpc<NetNodeJson[]>(net.nodes[0]!.url, "khala_netNodes", [
      `ws://127.0.0.1:${port}`,
    ]);
    assert.deepEqual(
      asked.map(node => node.url),
      net.nodes.map(node => node.url),
    );
    assert.equal(calls, 0);
  });
}

test("a node of no network has nobody to ask, whatever its environment says", async t => {
  process.env.OF_KHALA_NET = "1";
  t.after(() => delete process.env.OF_KHALA_NET);
  const node = await startKhala(["dev", "--rpc-port=0", "--seal=manual"]);
  t.after(() => node.stop());
  const {methods} = await rpc<{methods: string[]}>(node.url, "rpc_methods", []);
  assert.ok(methods.includes("collator_alerts"));
  assert.ok(!methods.includes("khala_netNodes"));
});
