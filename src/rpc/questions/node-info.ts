import type {Ss58Prefix} from "#crypto";
import type {Hash} from "#primitives";

export type ChainType = "Development" | "Local" | "Live" | {readonly Custom: string};
export type NodeRole = "Full" | "Authority";

export interface Health {
  readonly peers: number;
  readonly isSyncing: boolean;
  /** False where the node is meant to be alone, as on a dev chain. */
  readonly shouldHavePeers: boolean;
  /** Ours: why finality stands still, in words; left out while it does not. */
  readonly finality?: string;
}

/** Heights: where this run of the node began, where it is, and the highest that any peer has spoken of. */
export interface SyncState {
  readonly startingBlock: number;
  readonly currentBlock: number;
  readonly highestBlock: number;
}

export interface PeerInfo {
  readonly peerId: string;
  /** As announced: `FULL`, `AUTHORITY`, `LIGHT`. */
  readonly roles: string;
  readonly bestHash: Hash;
  readonly bestNumber: number;
}

/** What the node says of itself; what is fixed for a run is a field, what moves is a function. */
export interface NodeInfo {
  /** The program's name and version, as `system_name` and `system_version` give them. */
  readonly name: string;
  readonly version: string;
  readonly chain: string;
  readonly chainType: ChainType;
  /** `properties` of the chain spec, passed on as they stand there. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly role: NodeRole;
  readonly ss58Prefix: Ss58Prefix;
  readonly localPeerId: string;
  /** Multiaddresses that end in `/p2p/…`. */
  listenAddresses(): readonly string[];
  health(): Health;
  /** Why the node makes no blocks at present; undefined while it does whenever it is its turn. */
  authoring(): {readonly code: string; readonly text: string} | undefined;
  syncState(): SyncState;
  peers(): readonly PeerInfo[];
}
