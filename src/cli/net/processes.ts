import {type ChildProcess, spawn} from "node:child_process";
import {randomBytes} from "node:crypto";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {err, formatReport, ok, type Result} from "#base";
import {formatChainSpec} from "#chain-spec";
import {systemClock} from "#core";
import {createNativeCrypto} from "#crypto-native";
import {makeFolder} from "#durable-file";
import {openDiskKeystore} from "#keystore";
import {genesisKeyKinds, genesisMakers, insertDevKeys} from "#node";
import {chainFolders} from "#store";
import {type Temporary, tie} from "../end-with-parent.ts";
import {answerOverChannel, OF_A_NET} from "../net-channel.ts";
import {askOnce} from "../rpc-client.ts";
import {NetBoard} from "./net-board.ts";
import type {NetOptions} from "./net-options.ts";
import type {NetPlan} from "./net-plan.ts";
import type {PlannedNode} from "./planned-node.ts";
import type {NetNode, NetOutput, RunningNet} from "./running-net.ts";

/** A node that was told to end and has not by then is ended. */
const STOP_DEADLINE = 8_000;

interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly url: Promise<string>;
}

/** Starts a `khala` process for each node; they meet over TCP, by the first one as bootnode. */
export async function startProcesses(
  plan: NetPlan,
  {basePath, isPortAWish, nodeArguments}: NetOptions,
  output: NetOutput,
  signal: AbortSignal,
): Promise<Result<RunningNet, string>> {
  const folder = basePath ?? mkdtempSync(join(tmpdir(), "khala-net-"));
  try {
    makeFolder(folder);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  const specFile = join(folder, "spec.json");
  const crypto = await createNativeCrypto();
  const {keyPairs} = crypto;
  const keyKinds = genesisKeyKinds(plan.spec, crypto);
  if (!keyKinds.ok) return keyKinds;
  const spec = formatChainSpec(plan.spec, {isRaw: true}, genesisMakers(crypto));
  if (!spec.ok) return err(formatReport(spec.error));
  writeFileSync(specFile, spec.value);
  const children: Child[] = [];
  const up: NetNode[] = [];
  const board = new NetBoard(() => inOrder(up, plan), systemClock);
  let isStopping = false;
  const stop = async () => {
    isStopping = true;
    board.close();
    for (const {process: child} of children) child.kill("SIGTERM");
    const late = setTimeout(() => {
      for (const {process: child} of children) child.kill("SIGKILL");
    }, STOP_DEADLINE);
    await Promise.all(children.map(({ended}) => ended));
    clearTimeout(late);
    if (basePath === undefined) rmSync(folder, {recursive: true, force: true});
  };
  // Those that are on their way end like those that are up.
  signal.addEventListener("abort", () => {
    isStopping = true;
    for (const {process: child} of children) child.kill("SIGTERM");
  });
  const launch = async (planned: PlannedNode, bootnodes: readonly string[]): Promise<NetNode> => {
    const ownFolder = join(folder, planned.name);
    const keystore = openDiskKeystore(
      {directory: chainFolders(ownFolder, plan.spec.id).keystore, password: undefined},
      {keyPairs, randomBytes: length => new Uint8Array(randomBytes(length))},
    );
    if (!keystore.ok) throw new Error(keystore.error.code);
    const inserted = insertDevKeys(keystore.value, keyPairs, [planned.uri], keyKinds.value);
    if (!inserted.ok) throw new Error(inserted.error);
    signal.throwIfAborted();
    const port = isPortAWish ? await portOr(planned, output) : planned.rpcPort;
    const temporary = basePath === undefined ? {own: ownFolder, shared: folder} : undefined;
    const child = spawnNode(planned.name, output, temporary, [
      `--chain=${specFile}`,
      "--json",
      "--collator",
      `--name=${planned.name}`,
      `--base-path=${ownFolder}`,
      `--rpc-port=${port}`,
      "--listen-addr=/ip4/127.0.0.1/tcp/0",
      "--signature-workers=1",
      // The nodes of one machine share its cores as it is.
      "--validation-threads=0",
      "--state-pruning=archive",
      ...nodeArguments,
      ...bootnodes.map(address => `--bootnodes=${address}`),
    ]);
    children.push(child);
    answerOverChannel(child.process, board);
    child.ended.then(code => {
      board.ended(planned.name);
      if (!isStopping) output.line(`${planned.name} has ended (${code ?? "killed"})`);
    });
    const node = {...planned, url: await child.url};
    up.push(node);
    return node;
  };
  try {
    const [first, ...others] = plan.nodes;
    const node = await launch(first!, []);
    const addresses = (await askOnce(node.url, "system_localListenAddresses", [])) as string[];
    const rest = await Promise.all(others.map(planned => launch(planned, addresses.slice(0, 1))));
    return ok({nodes: [node, ...rest], stop});
  } catch (error) {
    await stop();
    return err(error instanceof Error ? error.message : String(error));
  }
}

function spawnNode(
  name: string,
  output: NetOutput,
  temporary: Temporary | undefined,
  args: readonly string[],
): Child {
  const [script = ""] = process.argv.slice(1);
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {...process.env, ...OF_A_NET},
  });
  tie(child, temporary);
  const ended = new Promise<number | null>(resolve => child.on("close", resolve));
  const url = new Promise<string>((resolve, reject) => {
    createInterface({input: child.stdout!}).on("line", line => {
      const {rpc} = JSON.parse(line) as {rpc: string};
      resolve(`ws://127.0.0.1:${new URL(rpc).port}`);
    });
    createInterface({input: child.stderr!}).on("line", line => output.line(`${name} | ${line}`));
    ended.then(code => reject(new Error(`${name} ended with ${code} before it was up`)));
  });
  return {process: child, ended, url};
}

/** Those that start at once are up in an order of their own. */
const inOrder = (up: readonly NetNode[], {nodes}: NetPlan): readonly NetNode[] =>
  nodes.flatMap(({name}) => up.find(each => each.name === name) ?? []);

/** The port if it is free, else 0. */
function portOr({rpcPort: wish, name}: PlannedNode, output: NetOutput): Promise<number> {
  if (wish === 0) return Promise.resolve(0);
  return new Promise(resolve => {
    const probe = createServer();
    probe.once("error", () => {
      output.line(`port ${wish} is taken: ${name} uses a free one instead`);
      resolve(0);
    });
    probe.listen({host: "127.0.0.1", port: wish}, () => probe.close(() => resolve(wish)));
  });
}
