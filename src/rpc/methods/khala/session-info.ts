import {ok} from "#base";
import {encodeSs58} from "#crypto";
import {method} from "../../declare/index.ts";
import type {SessionQuestions} from "../../questions/session.ts";

const MILLION = 1_000_000;

/** Ours: how far the session is, when the next begins, who authors. */
export const khalaSessionInfo = (session: SessionQuestions) =>
  method({
    name: "khala_sessionInfo",
    params: [],
    result:
      "{index, period, blocksInto, progressPpm, nextRotationBlock, nextRotationAt: unix ms, authors: [address]}",
    handle({node}) {
      const {authors, ...current} = session.current();
      return ok({
        ...current,
        progressPpm: Math.floor((current.blocksInto * MILLION) / current.period),
        authors: authors.map(account => encodeSs58(account, node.ss58Prefix)),
      });
    },
  });
