import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemChain = method({
  name: "system_chain",
  params: [],
  result: "string: the chain's name",
  handle: ({node}) => ok(node.chain),
});
