import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {bytesToHex} from "#base";
import {createPortableHashing} from "#crypto";
import {type ForeignNodeOptions, TOY} from "../../src/node/test-kit/foreign-node.ts";
import {FOREIGN, foreignCode, UPGRADED} from "../../src/runtime/test-kit/foreign/index.ts";
import {connect, pairs, sendFinal} from "../support/polkadot.ts";
import {rpc} from "../support/rpc.ts";

const PROGRAM = fileURLToPath(new URL("../support/foreign-node.ts", import.meta.url));
const code = bytesToHex(foreignCode(createPortableHashing(), UPGRADED));

/** Milliseconds that anything may take, a slot being one second: many times what it does. */
const PATIENCE = 90_000;

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(options: ForeignNodeOptions): Promise<Process> {
  const special = {
    collators: ["Alice", "Bob"],
    dashboard: false,
    listen: ["/ip4/127.0.0.1/tcp/0"],
    ...options,
  };
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, JSON.stringify(special)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  return {child, url: line.toString().trim()};
}

async function end({child}: Process, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

const numberOf = async (url: string, hash?: string) =>
  Number((await rpc<{number: string}>(url, "chain_getHeader", hash ? [hash] : [])).number);
const versionOf = async (url: string) =>
  (await rpc<{specVersion: number}>(url, "state_getRuntimeVersion", [])).specVersion;
const finalOf = async (url: string) =>
  numberOf(url, await rpc<string>(url, "chain_getFinalizedHead", []));

/** Fails where it does not come about, so that the processes are ended. */
async function until(hasCome: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await hasCome())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${hasCome}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

test("a chain is upgraded by its root while clients use it, through kill -9 of all nodes, and for who comes later", async t => {
  const folder = mkdtempSync(join(tmpdir(), "khala-upgrade-"));
  const running = new Set<Process>();
  t.after(async () => {
    for (const one of running) await end(one, "SIGKILL");
    rmSync(folder, {recursive: true, force: true});
  });
  let bootnodes: string[] = [];
  const run = async (name: string, options: ForeignNodeOptions = {}) => {
    const node = await start({basePath: join(folder, name), bootnodes, ...options});
    running.add(node);
    return node;
  };
  const both = async () => {
    bootnodes = [];
    const author = await run("author", {authors: ["Alice", "Bob"]});
    bootnodes = await rpc<string[]>(author.url, "system_localListenAddresses", []);
    return [author, await run("importer", {authors: []})] as const;
  };

  const [author, importer] = await both();
  const api = await connect(importer.url);
  assert.equal(api.runtimeVersion.specVersion.toNumber(), FOREIGN.specVersion);
  const pairOf = await pairs();
  const {sudo, system} = api.tx;
  await sudo!.sudo!(system!.setCode!(code)).signAndSend(pairOf("//Alice"));
  await until(async () => (await versionOf(importer.url)) === UPGRADED.specVersion);
  for (const one of [author, importer]) {
    await end(one, "SIGKILL");
    running.delete(one);
  }
  await api.disconnect();

  const [again, follower] = await both();
  assert.equal(await versionOf(again.url), UPGRADED.specVersion);
  const from = await numberOf(follower.url);
  await until(async () => (await finalOf(follower.url)) > from + 2);
  const client = await connect(follower.url);
  assert.equal(client.runtimeVersion.specVersion.toNumber(), UPGRADED.specVersion);
  await sendFinal(
    client,
    client.tx.balances!.transferKeepAlive!(pairOf("//Bob").address, TOY),
    pairOf("//Charlie"),
  );
  await client.disconnect();

  for (const sync of ["full", "warp"] as const) {
    const late = await run(sync, {authors: [], sync});
    const goal = await finalOf(follower.url);
    await until(async () => (await finalOf(late.url)) >= goal);
    assert.equal(await versionOf(late.url), UPGRADED.specVersion);
  }
});
