import {ok} from "#base";
import type {NetworkBackend} from "../../backend/index.ts";
import {method} from "../../declare/index.ts";

/** Ours: who is not let in, why and until when. */
export const khalaBannedPeers = (network: NetworkBackend) =>
  method({
    name: "khala_bannedPeers",
    unsafe: true,
    params: [],
    result: "[{peerId, reason, until: unix ms}]",
    handle: () => ok(network.bans().map(ban => ({...ban}))),
  });
