import type {Hash} from "#primitives";
import type {Role} from "../protocols/roles.ts";
import type {PeerId} from "../transport/peer-id.ts";
import type {ConnectionInfo} from "../transport/transport.ts";
import type {Ban} from "./reputation.ts";
import type {SlotKind} from "./slots.ts";

/** One connected peer, for people and for RPC. */
export interface PeerSnapshot extends ConnectionInfo {
  /** Undefined until it has a slot. */
  readonly slot: SlotKind | undefined;
  readonly roles: Role | undefined;
  readonly bestNumber: number | undefined;
  readonly bestHash: Hash | undefined;
  /** What we can send it. */
  readonly protocols: readonly ("block-announces" | "transactions" | "grandpa")[];
  readonly reputation: number;
}

export interface NetworkSnapshot {
  readonly peerId: PeerId;
  readonly listenAddresses: readonly string[];
  readonly peers: readonly PeerSnapshot[];
  readonly reserved: readonly PeerId[];
  readonly bans: readonly Ban[];
  readonly knownPeers: number;
}
