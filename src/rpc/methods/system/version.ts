import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemVersion = method({
  name: "system_version",
  params: [],
  result: "string: the program's version",
  handle: ({node}) => ok(node.version),
});
