import {subscription} from "../../declare/index.ts";
import {followHeads} from "./follow-heads.ts";

export const chainSubscribeFinalizedHeads = subscription({
  name: "chain_subscribeFinalizedHeads",
  aliases: ["chain_subscribeFinalisedHeads"],
  unsubscribe: "chain_unsubscribeFinalizedHeads",
  unsubscribeAliases: ["chain_unsubscribeFinalisedHeads"],
  notification: "chain_finalizedHead",
  params: [],
  item: "Header of the newest finalized block, now and whenever it is another",
  start: (context, sink) =>
    followHeads(context, sink, context.chain.finalized(), listener =>
      context.chain.onFinalized(listener),
    ),
});
