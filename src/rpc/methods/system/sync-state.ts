import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemSyncState = method({
  name: "system_syncState",
  params: [],
  result: "{startingBlock, currentBlock, highestBlock}: numbers",
  handle: ({node}) => ok(node.syncState()),
});
