import {ok} from "#base";
import type {NetworkBackend} from "../../backend/index.ts";
import {method, param, text} from "../../declare/index.ts";

/** Ours: lets a banned peer in again, its reputation as new. */
export const khalaLiftBan = (network: NetworkBackend) =>
  method({
    name: "khala_liftBan",
    unsafe: true,
    params: [param("peerId", text)],
    result: "bool: whether the peer was banned",
    handle: (_, peerId) => ok(network.liftBan(peerId)),
  });
