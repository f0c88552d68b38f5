import {join} from "node:path";
import {setImmediate} from "node:timers/promises";
import {err, formatReport, millis, ok, type Result} from "#base";
import {checkedOnce, SignatureChecks, steadyClock, systemClock} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto, SignaturePool} from "#crypto-native";
import {createMemoryHub} from "#network";
import {
  createConsoleLogger,
  createRuntimes,
  type NodeConfiguration,
  type PeerIdentity,
  peerIdentityOf,
  type RunningNode,
  type SharedProcess,
  startNode,
  TrapLog,
} from "#node";
import {PROGRAM_VERSION} from "../version.ts";
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
  const identities = plan.nodes.map((_, i) => peerIdentityOf(seedOf(i)));
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
    const started = await startNode(configurationOf(plan, planned, {i, identities, options}), {
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

/** Names among peers need no secret here: nobody outside can pretend to be one of them. */
function seedOf(index: number): Uint8Array {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, index + 1);
  return seed;
}

function configurationOf(
  {spec}: NetPlan,
  {name, uri, rpcPort}: PlannedNode,
  place: {i: number; identities: readonly PeerIdentity[]; options: NetOptions},
): NodeConfiguration {
  const {i, identities, options} = place;
  const {basePath} = options;
  const addresses = identities.map(({peerId}) => `/memory/${peerId}/p2p/${peerId}`);
  return {
    spec,
    name,
    version: PROGRAM_VERSION,
    basePath: basePath === undefined ? "" : join(basePath, name),
    throwAway: false,
    inMemory: basePath === undefined,
    network: {
      listen: [["memory"]],
      announce: [],
      bootnodes: addresses.filter((_, other) => other !== i),
      reserved: [],
      reservedOnly: false,
      slots: {},
      nodeKey: {secret: seedOf(i)},
    },
    forceAuthoring: false,
    sync: "full",
    collator: true,
    devKeys: [uri],
    keystorePath: undefined,
    password: undefined,
    seal: {kind: "slots"},
    rpc: {...options.node.rpc, port: rpcPort, isPortAWish: options.isPortAWish},
    pool: options.node.pool,
    validateOwnBlocks: options.node.validateOwnBlocks ?? false,
    signatureWorkers: WORKERS,
    minFreeSpace: 0,
    freeSpaceInterval: millis(60_000),
  };
}
