import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const chainSpecProperties = method({
  name: "chainSpec_v1_properties",
  params: [],
  result: "`properties` of the chain spec, as they stand there",
  handle: ({node}) => ok(node.properties),
});
