import {ok} from "#base";
import {method, param, text} from "../../declare/index.ts";
import type {NetworkQuestions} from "../../questions/network.ts";

/** Ours: lets a banned peer in again, its reputation as new. */
export const khalaLiftBan = (network: NetworkQuestions) =>
  method({
    name: "khala_liftBan",
    unsafe: true,
    params: [param("peerId", text)],
    result: "bool: whether the peer was banned",
    handle: (_, peerId) => ok(network.liftBan(peerId)),
  });
