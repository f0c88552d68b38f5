import {formatReport, millis, type Report, silentLogger, unwrap} from "#base";
import {type FinalityChoice, steadyClock, systemClock} from "#core";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {createForeignEngine, foreignSpec, soloSpec} from "../../runtime/test-kit/foreign/index.ts";
import type {NodeConfiguration} from "../configuration.ts";
import {type RunningNode, startNode} from "../node.ts";

export interface ForeignNodeOptions {
  /** Well-known accounts whose keys the node holds, to author with; Alice if not said. */
  readonly authors?: readonly string[];
  /** Those that author from the start and are never kicked: the same if not said. */
  readonly collators?: readonly string[];
  /** Alice's votes if not said. */
  readonly finality?: FinalityChoice;
  readonly seal?: NodeConfiguration["seal"];
  /** Pallets that the metadata is silent about. */
  readonly unpublished?: readonly string[];
  /** Shows the dashboard, where one was built. */
  readonly dashboard?: boolean;
  /** What the chain spec says of the token and addresses; the runtime's own words if not said. */
  readonly properties?: NodeConfiguration["spec"]["properties"];
  /** Where it keeps its chain; in memory if not said. */
  readonly basePath?: string;
  /** Where its RPC is; any free port if not said. */
  readonly port?: number;
  /** Where it meets peers: multiaddrs to listen on, and those of others. Nobody if not said. */
  readonly listen?: readonly string[];
  readonly bootnodes?: readonly string[];
  readonly sync?: NodeConfiguration["sync"];
  /** What ends it for good; an exception if not said. */
  readonly onFatal?: (report: Report) => void;
  /**
   * Has it meet others on this machine, on a chain that names its voters itself and whose runtime builds its first state
   * (`soloSpec`): the authors vote. `keys`: those whose keys this node holds. Addresses of nodes that it meets first.
   */
  readonly solo?: {
    readonly keys: readonly string[];
    readonly bootnodes: readonly string[];
    readonly sync?: NodeConfiguration["sync"];
  };
}

export interface ForeignNode {
  readonly node: RunningNode;
  readonly configuration: NodeConfiguration;
  /** Of its RPC. */
  readonly url: string;
}

/** The foreign chain's money: ten decimals. Well-known accounts start with a million. */
export const TOY = 10n ** 10n;

export const knownAccount = (name: string) =>
  WELL_KNOWN_ACCOUNTS.find(account => account.name === name)!;

/**
 * A whole node, put together as the program does, of a chain whose runtime is not this program's: in this process, in
 * memory, with RPC and metrics on free ports; alone, if not said otherwise. Whoever starts it stops it.
 */
export async function startForeignNode({
  authors = ["Alice"],
  collators = authors,
  finality = {kind: "committee", voters: [{id: knownAccount("Alice").ed25519, weight: 1}]},
  seal = {kind: "slots"},
  unpublished = [],
  dashboard = false,
  properties,
  basePath,
  port = 0,
  listen,
  bootnodes = [],
  sync = "full",
  onFatal = report => {
    throw new Error(formatReport(report));
  },
  solo,
}: ForeignNodeOptions = {}): Promise<ForeignNode> {
  const crypto = await createNativeCrypto();
  const genesis = {
    balances: WELL_KNOWN_ACCOUNTS.map(({sr25519}) => [sr25519, 1_000_000n * TOY] as const),
    invulnerables: collators.map(name => knownAccount(name).sr25519),
    sudo: knownAccount("Alice").sr25519,
    candidacyBond: 100n * TOY,
  };
  const voters = authors.map(name => knownAccount(name).ed25519);
  const spec =
    solo === undefined ? foreignSpec(genesis, crypto) : soloSpec(genesis, voters, crypto);
  const configuration: NodeConfiguration = {
    spec: {
      ...spec,
      chainType: "Development",
      properties: properties ?? spec.properties,
    },
    name: "toy",
    version: "0.0.0-test",
    basePath: basePath ?? "",
    throwAway: false,
    inMemory: basePath === undefined,
    network: {
      listen:
        solo === undefined
          ? listen === undefined
            ? []
            : [listen]
          : [["/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/tcp/0/ws"]],
      announce: [],
      bootnodes: solo?.bootnodes ?? bootnodes,
      reserved: [],
      reservedOnly: false,
      slots: {},
      nodeKey: undefined,
    },
    forceAuthoring: true,
    sync: solo?.sync ?? sync,
    collator: authors.length > 0,
    devKeys: (solo?.keys ?? authors).map(name => `//${name}`),
    keystorePath: undefined,
    password: undefined,
    seal,
    finality: solo === undefined ? finality : {kind: "runtime"},
    rpc: {
      host: "127.0.0.1",
      port,
      methods: "unsafe",
      origins: undefined,
      limits: {},
      socket: "none",
      dashboard,
    },
    prometheus: {host: "127.0.0.1", port: 0, isPortAWish: false},
    pool: {},
    signatureWorkers: 1,
    minFreeSpace: 0,
    freeSpaceInterval: millis(60_000),
  };
  const node = unwrap(
    await startNode(configuration, {
      clock: steadyClock,
      wallClock: systemClock,
      logger: silentLogger,
      engines: [createForeignEngine(crypto, {unpublished})],
      onFatal,
    }),
  );
  return {node, configuration, url: `ws://127.0.0.1:${node.rpc.port}`};
}
