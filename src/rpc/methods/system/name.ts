import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemName = method({
  name: "system_name",
  params: [],
  result: "string: the program",
  handle: ({node}) => ok(node.name),
});
