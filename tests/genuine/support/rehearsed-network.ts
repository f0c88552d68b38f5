import {type LogLevel, type Millis, millis, type Slot, unwrap} from "#base";
import {parseChainSpec} from "#chain-spec";
import {slotAt, slotStart} from "#consensus";
import {
  BlockMaker,
  type InherentProvider,
  inherentsOf,
  inlineSignatures,
  type PastBlock,
  SignatureChecks,
  timestampInherent,
} from "#core";
import {withBlockHashing} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createMemoryKeystore, createMemorySigningGuard} from "#keystore";
import {createMemoryHub} from "#network";
import {
  createRuntimes,
  type NodeConfiguration,
  peerIdentityOf,
  type RunningNode,
  rehearseChain,
  startNode,
} from "#node";
import type {DevelopmentWishes} from "#rehearsal";
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
  const shared = {
    crypto: native,
    runtimes: createRuntimes(crypto),
    signatures: new SignatureChecks(crypto, inlineSignatures(crypto)),
    transport: (peer: string) => hub.transport(peer),
  };
  const seeds = names.map((_, i) => new Uint8Array(32).fill(i + 1));
  const peers = seeds.map(seed => peerIdentityOf(seed).peerId);
  const nodes: RehearsedNode[] = [];
  const fail = (what: string) => {
    throw new Error(what);
  };
  for (const [i, name] of names.entries()) {
    const log: string[] = [];
    const configuration: NodeConfiguration = {
      spec: hasTools ? {...rehearsed.spec, chainType: "Development"} : rehearsed.spec,
      name,
      version: "0.0.0-test",
      basePath: "",
      throwAway: false,
      inMemory: true,
      network: {
        listen: [["memory"]],
        announce: [],
        bootnodes: peers
          .filter((_, other) => other !== i)
          .map(peer => `/memory/${peer}/p2p/${peer}`),
        reserved: [],
        reservedOnly: false,
        slots: {},
        nodeKey: {secret: seeds[i]!},
      },
      forceAuthoring: false,
      sync: "full",
      collator: !silent.includes(name),
      devKeys: [`//${name}`],
      keystorePath: undefined,
      password: undefined,
      seal: {kind: "slots"},
      rpc: {
        host: "127.0.0.1",
        port: 0,
        methods: "unsafe",
        origins: undefined,
        limits: {},
        socket: "none",
      },
      pool: {},
      signatureWorkers: 1,
      minFreeSpace: 0,
      freeSpaceInterval: millis(60_000),
      ...change,
    };
    const started = await time.during(
      startNode(configuration, {
        clock: time.clock,
        wallClock: time.clock,
        logger: {log: (level, target, message) => void note(log, level, `${target}: ${message}`)},
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

/** A slot of somebody's, with the block that he would tell others of. */
export interface ForgedBlock {
  readonly slot: Slot;
  readonly block: PastBlock;
}

/**
 * Makes blocks over a node's chain with the keys of somebody, told whatever is wanted of the relay chain, and keeps none of
 * them.
 */
export async function forgerOver(network: RehearsedNetwork, host: RunningNode, uri: string) {
  const crypto = await createNativeCrypto();
  const {keyPairs} = crypto;
  const suite = withBlockHashing(crypto, host.rehearsal!.hashing);
  const keystore = createMemoryKeystore({keyPairs, randomBytes: length => new Uint8Array(length)});
  const {publicKey} = unwrap(keyPairs.fromUri("sr25519", uri));
  unwrap(keystore.insert("aura", uri, publicKey));
  const {chain, answers, slots, pool} = host.core;
  const {clock} = network.time;
  const now = () => host.time.now();
  const makerWith = (relay: InherentProvider, onMade: (block: PastBlock) => void) =>
    new BlockMaker({
      chain,
      answers,
      slots,
      inherents: inherentsOf([timestampInherent, relay]),
      pool,
      keystore,
      guard: createMemorySigningGuard(),
      crypto: suite,
      signatures: new SignatureChecks(suite, inlineSignatures(suite)),
      clock,
      logger: {log() {}},
      judge(block) {
        onMade(block);
        return {ok: false, error: {reason: "it is looked at, and not kept"}};
      },
    });
  const slotNow = () => slotAt(now(), network.slotDuration);
  return {
    /** Waits for a turn that nobody has used, and makes its block. */
    async forge(relay: InherentProvider): Promise<ForgedBlock> {
      let forged: PastBlock | undefined;
      const maker = makerWith(relay, block => {
        forged = block;
      });
      const before = slotNow();
      await network.until(() => slotNow() > before && maker.claimSlot(slotNow()).ok);
      const slot = slotNow();
      const timestamp = slotStart(slot, network.slotDuration) as Millis;
      const claim = unwrap(maker.claimSlot(slot));
      const made = await maker.make(claim, {timestamp, hasTime: () => true});
      if (forged === undefined) throw new Error(JSON.stringify(made));
      return {slot, block: forged};
    },
    /** Signs a header of anything. */
    sign: (message: Uint8Array) => unwrap(keystore.sign("aura", publicKey, message, "sr25519")),
    hashing: suite.hashing,
  };
}
