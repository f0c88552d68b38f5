import type {ConnectionGater, MultiaddrConnection} from "@libp2p/interface";
import type {TransportHandlers} from "../transport/transport.ts";
import type {Libp2pTransportOptions} from "./options.ts";
import {mendReset} from "./web-socket-reset.ts";

/** Turns away hosts before any cryptography, and peers as soon as it is proved who they are. */
export function gater(
  {admitsHost}: Libp2pTransportOptions,
  {admits}: TransportHandlers,
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
      return host !== undefined && admitsHost?.(host) === false;
    },
    denyInboundEncryptedConnection: peer => !admits(peer.toString()),
    denyOutboundEncryptedConnection: peer => !admits(peer.toString()),
  };
}

function hostOf({remoteAddr}: MultiaddrConnection): string | undefined {
  return /^\/ip[46]\/([^/]+)/.exec(remoteAddr.toString())?.[1];
}
