import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemChainType = method({
  name: "system_chainType",
  params: [],
  result: '"Development" | "Local" | "Live" | {Custom: string}',
  handle: ({node}) => ok(node.chainType),
});
