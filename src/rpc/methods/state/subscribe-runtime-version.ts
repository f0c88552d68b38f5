import {ok} from "#base";
import {subscription} from "../../declare/index.ts";

export const stateSubscribeRuntimeVersion = subscription({
  name: "state_subscribeRuntimeVersion",
  aliases: ["chain_subscribeRuntimeVersion"],
  unsubscribe: "state_unsubscribeRuntimeVersion",
  unsubscribeAliases: ["chain_unsubscribeRuntimeVersion"],
  notification: "state_runtimeVersion",
  params: [],
  item: "RuntimeVersion now, and whenever it is another at the best block",
  start({chain, blockJson}, sink) {
    const first = blockJson.runtimeVersion(chain.best().hash);
    if (!first.ok) return first;
    let last = first.value.text;
    sink.send(first.value);
    return ok(
      chain.onBest(({hash}) => {
        const version = blockJson.runtimeVersion(hash);
        if (!version.ok || version.value.text === last) return;
        last = version.value.text;
        sink.send(version.value);
      }),
    );
  },
});
