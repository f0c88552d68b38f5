import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {EquivocationQuestions} from "../../questions/equivocations.ts";
import {toHex} from "../../shapes/hex.ts";

/** Ours: proofs that somebody signed twice where once is allowed. Anybody can check them. */
export const khalaEquivocations = (asked: EquivocationQuestions) =>
  method({
    name: "khala_equivocations",
    params: [],
    result:
      "{blocks: [Bytes: SCALE (authority, slot, header, header)], votes: [Bytes: SCALE of EquivocationProof]}",
    handle() {
      const {blocks, votes} = asked.equivocations();
      return ok({blocks: blocks.map(toHex), votes: votes.map(toHex)});
    },
  });
