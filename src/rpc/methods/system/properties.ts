import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemProperties = method({
  name: "system_properties",
  params: [],
  result: "{ss58Format, tokenDecimals, tokenSymbol, …}: of the chain spec",
  handle: ({node}) => ok(node.properties),
});
