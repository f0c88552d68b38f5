import type {NetworkBackend} from "#rpc";
import type {Membership} from "../core/join-network.ts";

/** The network as operators see it. */
export function createNetworkBackend({network, progress}: Membership): NetworkBackend {
  return {
    bans: () => network.bans().map(({peer, reason, until}) => ({peerId: peer, reason, until})),
    liftBan: peer => network.liftBan(peer),
    addReserved: address => network.addReserved(address),
    removeReserved: peer => network.removeReserved(peer),
    reserved: () => network.reserved(),
    sync: () => progress(),
  };
}
