import {join} from "node:path";
import {setImmediate} from "node:timers/promises";
import {err, formatReport, ok, type Result} from "#base";
import {checkedOnce, SignatureChecks, steadyClock, systemClock} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import {createMemoryHub} from "#network";
import {
  createConsoleLogger,
  createRuntimes,
  inMemoryNode,
  memoryNeighbours,
  type NodeConfiguration,
  type RunningNode,
  type SharedProcess,
  startNode,
  TrapLog,
} from "#node";
import {NetBoard} from "./net-board.ts";
import type {NetOptions} from "./net-options.ts";
import type {NetPlan} from "./net-plan.ts";
import type {PlannedNode} from "./planned-node.ts";
import type {NetNode, NetOutput, RunningNet} from "./running-net.ts";

/** One thread checks signatures for all: each signature is checked once. */
const WORKERS = 1;
/** As on one machine; a delay of nothing would hide what only shows when messages cross. */
const DELAY = {min: 1, max: 3};

/** Starts all nodes in this process, on a network in memory, on the machine's clock. */
export async function startInProcess(
  plan: NetPlan,
  options: NetOptions,
  output: NetOutput,
  signal: AbortSignal,
): Promise<Result<RunningNet, string>> {
  const native = await createNativeCrypto();
  const crypto = {...native, signatures: checkedOnce(native.signatures)};
  const logger = createConsoleLogger({
    ...options.log,
    clock: systemClock,
    write: output.line,
  });
  const workers = new SignaturePool({workers: WORKERS}, {logger});
  workers.start().catch((error: unknown) => output.broken(String(error)));
  const hub = createMemoryHub({clock: steadyClock, random: Math.random, delay: DELAY});
  const shared: SharedProcess = {
    crypto,
    // Of one chain: compiled once.
    runtimes: createRuntimes(withBlockHashing(crypto, plan.spec.blockHashing), {
      traps: new TrapLog(steadyClock, logger),
    }),
    signatures: new SignatureChecks(crypto, workers),
    transport: peerId => hub.transport(peerId),
  };
  const running: RunningNode[] = [];
  const nodes: NetNode[] = [];
  const board = new NetBoard(() => nodes, systemClock);
  const stop = async () => {
    board.close();
    await Promise.all(running.map(node => node.stop()));
    await workers.stop();
  };
  for (const [i, planned] of plan.nodes.entries()) {
    // Nodes that are up keep the process busy: a signal is heard only when the loop gets a turn.
    await setImmediate();
    if (signal.aborted) {
      await stop();
      return err(`ended after ${running.length} of ${plan.nodes.length} nodes`);
    }
    const started = await startNode(configurationOf(plan, planned, i, options), {
      clock: steadyClock,
      wallClock: systemClock,
      logger: {
        log: (level, target, message, fields) =>
          logger.log(level, `${planned.name} ${target}`, message, fields),
      },
      onFatal: report => output.broken(`${planned.name}: ${formatReport(report)}`),
      shared,
      net: board,
    });
    if (!started.ok) {
      await stop();
      return err(`${planned.name}: ${started.error}`);
    }
    running.push(started.value);
    const {host, port} = started.value.rpc;
    nodes.push({...planned, url: `ws://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`});
  }
  return ok({nodes, stop});
}

function configurationOf(
  {spec, nodes}: NetPlan,
  {name, uri, rpcPort}: PlannedNode,
  index: number,
  {basePath, node, isPortAWish}: NetOptions,
): NodeConfiguration {
  return inMemoryNode({
    spec,
    name,
    devKeys: [uri],
    ...(basePath === undefined ? {} : {inMemory: false, basePath: join(basePath, name)}),
    // One alone has a network all the same, as everybody who makes blocks by slots.
    network: {...memoryNeighbours(index, nodes.length), listen: [["memory"]]},
    forceAuthoring: false,
    seal: {kind: "slots"},
    rpc: {...node.rpc, port: rpcPort, isPortAWish},
    pool: node.pool,
    validateOwnBlocks: node.validateOwnBlocks ?? false,
    signatureWorkers: WORKERS,
  });
}
