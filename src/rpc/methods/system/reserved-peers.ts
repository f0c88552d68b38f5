import {err, ok} from "#base";
import type {NetworkBackend} from "../../backend/index.ts";
import type {Declaration} from "../../declare/index.ts";
import {method, param, text} from "../../declare/index.ts";

/** Upstream's code for a peer that cannot be understood. */
const MALFORMED_PEER = 2_002;

const systemAddReservedPeer = (network: NetworkBackend) =>
  method({
    name: "system_addReservedPeer",
    unsafe: true,
    params: [param("peer", text)],
    result: "null; the peer is a multiaddress that ends in /p2p/PEER-ID",
    handle(_, peer) {
      if (network.addReserved(peer)) return ok(null);
      return err({
        code: MALFORMED_PEER,
        message: `Invalid peer: ${peer} is no multiaddress that ends in /p2p/PEER-ID`,
      });
    },
  });

const systemRemoveReservedPeer = (network: NetworkBackend) =>
  method({
    name: "system_removeReservedPeer",
    unsafe: true,
    params: [param("peerId", text)],
    result: "null",
    handle(_, peerId) {
      network.removeReserved(peerId);
      return ok(null);
    },
  });

const systemReservedPeers = (network: NetworkBackend) =>
  method({
    name: "system_reservedPeers",
    params: [],
    result: "[peer id]",
    handle: () => ok([...network.reserved()]),
  });

export const reservedPeerMethods = (network: NetworkBackend): readonly Declaration[] => [
  systemAddReservedPeer(network),
  systemRemoveReservedPeer(network),
  systemReservedPeers(network),
];
