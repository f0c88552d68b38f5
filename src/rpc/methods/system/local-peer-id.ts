import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemLocalPeerId = method({
  name: "system_localPeerId",
  params: [],
  result: "string: this node's peer id",
  handle: ({node}) => ok(node.localPeerId),
});
