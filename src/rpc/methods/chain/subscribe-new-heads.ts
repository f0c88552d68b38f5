import {subscription} from "../../declare/index.ts";
import {followHeads} from "./follow-heads.ts";

export const chainSubscribeNewHeads = subscription({
  name: "chain_subscribeNewHeads",
  aliases: ["chain_subscribeNewHead", "subscribe_newHead"],
  unsubscribe: "chain_unsubscribeNewHeads",
  unsubscribeAliases: ["chain_unsubscribeNewHead", "unsubscribe_newHead"],
  notification: "chain_newHead",
  params: [],
  item: "Header of the best block, now and whenever it is another",
  start: (context, sink) =>
    followHeads(context, sink, context.chain.best(), listener => context.chain.onBest(listener)),
});
