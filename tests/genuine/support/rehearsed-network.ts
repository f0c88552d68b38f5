import {type LogLevel, millis, unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {inlineSignatures, SignatureChecks} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryHub} from "#network";
import {
  createRuntimes,
  inMemoryNode,
  memoryNeighbours,
  type NodeConfiguration,
  type RunningNode,
  rehearseChain,
  startNode,
} from "#node";
import type {DevelopmentWishes} from "#rehearsal";
import {TrapLog} from "../../../src/node/traps/index.ts";
import {VirtualTime} from "../../../src/testing/time/virtual-time.ts";

const START = millis(1_800_000_000_000);
const DELAY = {min: 1, max: 3};
/** Slots within which somebody's turn comes, and whatever else is waited for. */
const PATIENCE = 40;

export interface RehearsedNode {
  readonly name: string;
  readonly node: RunningNode;
  /** What it logged at level `warn` and above. */
  readonly log: readonly string[];
}

/** Nodes of a genuine parachain's rehearsal, in this process and on virtual time: each collates as the one it is named after. */
export interface RehearsedNetwork {
  readonly nodes: readonly RehearsedNode[];
  readonly time: VirtualTime;
  readonly slotDuration: number;
  /** What its runtimes trapped over, as nodes tell it. */
  readonly traps: readonly string[];
  /** Lets time pass until it holds. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export async function rehearsedNetwork(
  text: string,
  {
    names,
    silent = [],
    hasTools = false,
    change = {},
    ...wishes
  }: DevelopmentWishes & {
    readonly names: readonly string[];
    /** Of these, who makes no blocks and casts no votes. */
    readonly silent?: readonly string[];
    /** Whether blocks may be asked for out of turn, and more. */
    readonly hasTools?: boolean;
    readonly change?: Partial<NodeConfiguration>;
  },
): Promise<RehearsedNetwork> {
  const time = new VirtualTime(START);
  const native = await createNativeCrypto();
  const rehearsed = unwrap(
    rehearseChain(
      unwrap(parseChainSpec(text)).spec,
      {collators: names, ...wishes},
      {
        crypto: native,
        runtimes: createRuntimes(native),
        now: START,
      },
    ),
  );
  const crypto = withBlockHashing(native, rehearsed.settings.hashing);
  const hub = createMemoryHub({clock: time.clock, random: () => 0.5, delay: DELAY});
  const traps: string[] = [];
  const shared = {
    crypto: native,
    runtimes: createRuntimes(crypto, {
      traps: new TrapLog(time.clock, {log: (_, __, message) => void traps.push(message)}),
    }),
    signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
    transport: (peer: string) => hub.transport(peer),
  };
  const nodes: RehearsedNode[] = [];
  const fail = (what: string) => {
    throw new Error(what);
  };
  for (const [i, name] of names.entries()) {
    const log: string[] = [];
    const configuration = inMemoryNode({
      spec: hasTools ? {...rehearsed.spec, chainType: "Development"} : rehearsed.spec,
      name,
      network: memoryNeighbours(i, names.length),
      forceAuthoring: false,
      collator: !silent.includes(name),
      devKeys: [`//${name}`],
      seal: {kind: "slots"},
      rpc: {
        host: "127.0.0.1",
        port: 0,
        methods: "unsafe",
        origins: undefined,
        limits: {},
        socket: "none",
      },
      ...change,
    });
    const started = await time.during(
      startNode(configuration, {
        clock: time.clock,
        wallClock: time.clock,
        logger: {
          log(level, target, message, {reason} = {}) {
            const why = reason === undefined ? "" : ` (${String(reason)})`;
            note(log, level, `${target}: ${message}${why}`);
          },
        },
        onFatal: report => fail(report.what),
        shared,
      }),
      60_000,
    );
    nodes.push({name, node: unwrap(started), log});
  }
  const slotDuration = nodes[0]!.node.slotDuration();
  return {
    nodes,
    time,
    traps,
    slotDuration,
    async until(holds) {
      if (!(await time.passUntil(holds, PATIENCE * slotDuration)))
        throw new Error(`it did not come about in ${PATIENCE} slots`);
    },
    async stop() {
      for (const {node} of nodes) await time.during(node.stop(), 60_000);
    },
  };
}

function note(log: string[], level: LogLevel, line: string): void {
  if (level === "warn" || level === "error") log.push(line);
}
