import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const chainSpecChainName = method({
  name: "chainSpec_v1_chainName",
  params: [],
  result: "string",
  handle: ({node}) => ok(node.chain),
});
