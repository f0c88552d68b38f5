import {subscription} from "../../declare/index.ts";
import {followHeads} from "./follow-heads.ts";

export const chainSubscribeAllHeads = subscription({
  name: "chain_subscribeAllHeads",
  unsubscribe: "chain_unsubscribeAllHeads",
  notification: "chain_allHead",
  params: [],
  item: "Header of the best block now, then of every block imported, on whatever fork",
  start: (context, sink) =>
    followHeads(context, sink, context.chain.best(), listener => context.chain.onImport(listener)),
});
