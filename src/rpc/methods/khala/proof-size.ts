import {ok} from "#base";
import {hash, method, param} from "../../declare/index.ts";
import type {ReplayQuestions} from "../../questions/replay.ts";

/** Ours: how large the proof of a block was when it was made or taken. It executes nothing: what was not noted is not known. */
export const khalaProofSize = (replay: ReplayQuestions) =>
  method({
    name: "khala_proofSize",
    params: [param("block", hash)],
    result:
      "bytes of the block's compact proof, as noted when it was made or taken here since the node was started | null where it was not noted",
    handle: (_, block) => ok(replay.proofSize(block) ?? null),
  });
