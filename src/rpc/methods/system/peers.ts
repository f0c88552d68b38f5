import {ok} from "#base";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const systemPeers = method({
  name: "system_peers",
  unsafe: true,
  params: [],
  result: "[{peerId, roles, bestHash, bestNumber}]",
  handle: ({node}) => ok(node.peers().map(peer => ({...peer, bestHash: toHex(peer.bestHash)}))),
});
