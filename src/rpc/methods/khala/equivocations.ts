import {ok} from "#base";
import type {FinalityBackend} from "../../backend/index.ts";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

/** Ours: proofs that somebody signed twice where once is allowed. Anybody can check them. */
export const khalaEquivocations = (finality: FinalityBackend) =>
  method({
    name: "khala_equivocations",
    params: [],
    result:
      "{blocks: [Bytes: SCALE (authority, slot, header, header)], votes: [Bytes: SCALE of EquivocationProof]}",
    handle() {
      const {blocks, votes} = finality.equivocations();
      return ok({blocks: blocks.map(toHex), votes: votes.map(toHex)});
    },
  });
