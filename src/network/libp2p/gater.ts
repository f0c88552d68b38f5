import type {ConnectionGater} from "@libp2p/interface";
import type {TransportHandlers} from "../transport/transport.ts";
import {type HalfOpen, hostOf} from "./half-open.ts";
import type {Libp2pTransportOptions} from "./options.ts";
import {mendReset} from "./web-socket-reset.ts";

/** Turns away hosts before any cryptography, and peers as soon as it is proved who they are. */
export function gater(
  {admitsHost}: Libp2pTransportOptions,
  {admits}: TransportHandlers,
  halfOpen: HalfOpen,
): ConnectionGater {
  return {
    denyDialPeer: peer => !admits(peer.toString()),
    denyDialMultiaddr: () => false,
    denyOutboundConnection: (_, connection) => {
      mendReset(connection);
      return false;
    },
    denyInboundConnection: connection => {
      mendReset(connection);
      const host = hostOf(connection);
      if (host !== undefined && admitsHost?.(host) === false) return true;
      halfOpen.begin(connection);
      return false;
    },
    denyInboundEncryptedConnection: peer => !admits(peer.toString()),
    denyInboundUpgradedConnection: (_, connection) => {
      halfOpen.end(connection);
      return false;
    },
    denyOutboundEncryptedConnection: peer => !admits(peer.toString()),
  };
}
