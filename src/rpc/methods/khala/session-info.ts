import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {SessionQuestions} from "../../questions/session.ts";
import {addressText} from "../../shapes/address.ts";

const MILLION = 1_000_000;

/** Ours: how far the session is, when the next begins, who authors. What the chain does not publish is null. */
export const khalaSessionInfo = (session: SessionQuestions) =>
  method({
    name: "khala_sessionInfo",
    params: [],
    result:
      "{index?, period?, blocksInto?, progressPpm?, nextRotationBlock?, nextRotationAt?: unix ms, slotDuration: ms, authors?: [address]}; what the chain does not publish is null",
    handle({node}) {
      const {index, period, blocksInto, nextRotationBlock, nextRotationAt, authors, slotDuration} =
        session.current();
      const isMeasured = period !== undefined && blocksInto !== undefined;
      return ok({
        index: index ?? null,
        period: period ?? null,
        blocksInto: blocksInto ?? null,
        nextRotationBlock: nextRotationBlock ?? null,
        nextRotationAt: nextRotationAt ?? null,
        slotDuration,
        progressPpm: isMeasured ? Math.floor((blocksInto * MILLION) / period) : null,
        authors: authors?.map(account => addressText(account, node.ss58Prefix)) ?? null,
      });
    },
  });
