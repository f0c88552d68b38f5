import type {Millis} from "#base";
import type {ChainSpec} from "#chain-spec";
import type {FinalityChoice, SealMode, SyncMode, TimeServer} from "#core";
import type {SlotLimits} from "#network";
import type {PoolLimits} from "#pool";
import type {AllowedOrigins, MethodPolicy, RateLimitOptions, RpcLimits} from "#rpc";
import type {BlocksPruning, StatePruning} from "#store";
import type {TelemetryEndpoint} from "./telemetry/index.ts";

/** How the node stands among others. */
export interface NetworkConfiguration {
  /** Multiaddrs to listen on, tried in turn until one list works; none: the node meets no peers. */
  readonly listen: readonly (readonly string[])[];
  /** What others are told instead of the addresses listened on. */
  readonly announce: readonly string[];
  /** In addition to those of the chain spec. */
  readonly bootnodes: readonly string[];
  readonly reserved: readonly string[];
  readonly reservedOnly: boolean;
  readonly slots: Partial<SlotLimits>;
  /** Seed of 32 bytes, or the file that holds it; undefined: the chain's own file. */
  readonly nodeKey: {readonly secret: Uint8Array} | {readonly file: string} | undefined;
}

/** What an operator says of what is kept. */
export interface PruningWishes {
  readonly states?: StatePruning;
  readonly blocks?: BlocksPruning;
  /** Names of pallets whose storage stays readable at all heights. */
  readonly pallets?: readonly string[];
}

/** All that an operator decides about a node, checked. */
export interface NodeConfiguration {
  readonly spec: ChainSpec;
  /** Name of the node among nodes. */
  readonly name: string;
  readonly version: string;
  readonly basePath: string;
  /** The base path is ours and goes with the process. */
  readonly throwAway: boolean;
  /** Chain, keys and what was signed end with the process; the base path is not used. */
  readonly inMemory?: boolean;
  readonly network: NetworkConfiguration;
  /** How it catches up when it is far behind. */
  readonly sync: SyncMode;
  /** Author although no peer is there to hear of it. */
  readonly forceAuthoring: boolean;
  /** Authors blocks with the keys it holds. */
  readonly collator: boolean;
  /** Its own blocks are judged by the runtime's `validate_block` before they are kept. */
  readonly validateOwnBlocks?: boolean;
  /** Secret URIs of well-known accounts whose session keys are put into the keystore: `//Alice`. */
  readonly devKeys: readonly string[];
  readonly keystorePath: string | undefined;
  readonly password: string | undefined;
  readonly seal: SealMode;
  /** What makes blocks final; the voters that the runtime names where nothing is said. */
  readonly finality?: FinalityChoice;
  readonly rpc: {
    readonly host: string;
    readonly port: number;
    /** Any other port will do where this one is taken. */
    readonly isPortAWish?: boolean;
    readonly methods: MethodPolicy;
    readonly origins: AllowedOrigins | undefined;
    readonly limits: Partial<RpcLimits>;
    readonly rateLimit?: RateLimitOptions;
    /** Shows the dashboard at the port, where the program was built with one. */
    readonly dashboard?: boolean;
    /** A socket for this machine's owner of the node; undefined: one in the chain's folder, if it can be made. */
    readonly socket?: {readonly path: string} | "none";
  };
  /** Where metrics are served; undefined: nowhere. */
  readonly prometheus?: {
    readonly host: string;
    readonly port: number;
    /** Any other port will do where this one is taken. */
    readonly isPortAWish: boolean;
  };
  /** Servers told of this node and its blocks; none unless asked for. */
  readonly telemetry?: readonly TelemetryEndpoint[];
  /** A time server that the clock is held against, beside peers. */
  readonly ntpServer?: TimeServer;
  /** Told of what goes wrong; may hold a secret. */
  readonly alertWebhook?: URL;
  readonly pool: Partial<PoolLimits>;
  /** What is to be kept of the past from now on; what is not said stays as it is in a database that there is. */
  readonly pruning?: PruningWishes;
  /** Bytes of memory for what is read of a large state's newest versions; 256 MiB if not said. */
  readonly stateMemory?: number;
  /**
   * State, metadata and calls are served, and nothing else: found at the start, of a chain whose blocks this program can
   * neither make nor take.
   */
  readonly isStateOnly?: boolean;
  /** Threads that check signatures. */
  readonly signatureWorkers: number;
  /** Threads that validate transactions when many come; none if not said. */
  readonly validationThreads?: number;
  /** Bytes that must stay free where the database is; under it the node stops. */
  readonly minFreeSpace: number;
  /** Between two looks at the free space. */
  readonly freeSpaceInterval: Millis;
}
