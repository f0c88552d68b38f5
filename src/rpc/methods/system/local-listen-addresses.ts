import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const systemLocalListenAddresses = method({
  name: "system_localListenAddresses",
  params: [],
  result: "[multiaddress ending in /p2p/…]",
  handle: ({node}) => ok(node.listenAddresses()),
});
