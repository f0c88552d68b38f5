import {err, ok} from "#base";
import type {Declaration} from "../../declare/index.ts";
import {method, param, text} from "../../declare/index.ts";
import type {NetworkQuestions} from "../../questions/network.ts";

/** Upstream's code for a peer that cannot be understood. */
const MALFORMED_PEER = 2_002;

/** Of an ed25519, secp256k1 or other key, in base58. */
const PEER_ID = /^(12D3KooW|16Uiu2HA|Qm)[1-9A-HJ-NP-Za-km-z]{37,46}$/;

/** Longer than any address, short enough for a line. */
const LONGEST_SHOWN = 200;

const shortened = (text: string) =>
  text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;

const systemAddReservedPeer = (network: NetworkQuestions) =>
  method({
    name: "system_addReservedPeer",
    unsafe: true,
    params: [param("peer", text)],
    result: "null; the peer is a multiaddress that ends in /p2p/PEER-ID",
    handle(_, peer) {
      if (network.addReserved(peer)) return ok(null);
      return err({
        code: MALFORMED_PEER,
        message: `Invalid peer: ${shortened(peer)} is no multiaddress that ends in /p2p/PEER-ID`,
      });
    },
  });

const systemRemoveReservedPeer = (network: NetworkQuestions) =>
  method({
    name: "system_removeReservedPeer",
    unsafe: true,
    params: [param("peerId", text)],
    result: "null",
    handle(_, peerId) {
      if (!PEER_ID.test(peerId)) {
        const message = `Invalid peer: ${shortened(peerId)} is no peer id`;
        return err({code: MALFORMED_PEER, message});
      }
      network.removeReserved(peerId);
      return ok(null);
    },
  });

const systemReservedPeers = (network: NetworkQuestions) =>
  method({
    name: "system_reservedPeers",
    params: [],
    result: "[peer id]",
    handle: () => ok([...network.reserved()]),
  });

export const reservedPeerMethods = (network: NetworkQuestions): readonly Declaration[] => [
  systemAddReservedPeer(network),
  systemRemoveReservedPeer(network),
  systemReservedPeers(network),
];
