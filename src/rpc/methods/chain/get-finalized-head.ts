import {ok} from "#base";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const chainGetFinalizedHead = method({
  name: "chain_getFinalizedHead",
  aliases: ["chain_getFinalisedHead"],
  params: [],
  result: "Hash",
  handle: ({chain}) => ok(toHex(chain.finalized().hash)),
});
