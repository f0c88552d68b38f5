import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemHealth = method({
  name: "system_health",
  params: [],
  result: "{peers, isSyncing, shouldHavePeers}",
  handle: ({node}) => ok(node.health()),
});
