import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemNodeRoles = method({
  name: "system_nodeRoles",
  params: [],
  result: '["Full"] | ["Authority"]',
  handle: ({node}) => ok([node.role]),
});
