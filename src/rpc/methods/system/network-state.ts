import {ok} from "#base";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

/** For people and dashboards; upstream promises nothing of its shape. */
export const systemNetworkState = method({
  name: "system_unstable_networkState",
  unsafe: true,
  params: [],
  result: "{peerId, listenedAddresses, connectedPeers}",
  handle: ({node}) =>
    ok({
      peerId: node.localPeerId,
      listenedAddresses: node.listenAddresses(),
      connectedPeers: Object.fromEntries(
        node
          .peers()
          .map(({peerId, roles, bestHash, bestNumber}) => [
            peerId,
            {roles, bestHash: toHex(bestHash), bestNumber},
          ]),
      ),
    }),
});
