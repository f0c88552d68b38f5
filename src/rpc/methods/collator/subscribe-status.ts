import {ok} from "#base";
import {subscription} from "../../declare/index.ts";
import type {CollatorQuestions} from "../../questions/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

export const collatorSubscribeStatus = (collator: CollatorQuestions) =>
  subscription({
    name: "collator_subscribeStatus",
    unsubscribe: "collator_unsubscribeStatus",
    notification: "collator_status",
    params: [],
    item: "CollatorStatus at once, then whenever it may be another",
    start({node}, sink) {
      const json = new CollatorJson(node.ss58Prefix);
      const tell = () => sink.send(json.status(collator.status()));
      tell();
      return ok(collator.onChange(tell));
    },
  });
