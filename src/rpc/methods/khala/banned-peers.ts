import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {NetworkQuestions} from "../../questions/network.ts";

/** Ours: who is not let in, why and until when. */
export const khalaBannedPeers = (network: NetworkQuestions) =>
  method({
    name: "khala_bannedPeers",
    unsafe: true,
    params: [],
    result: "[{peerId, reason, until: unix ms}]",
    handle: () => ok(network.bans().map(ban => ({...ban}))),
  });
