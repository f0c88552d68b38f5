import {ok} from "#base";
import type {CollatorBackend} from "../../backend/index.ts";
import {subscription} from "../../declare/index.ts";
import {CollatorJson} from "../../shapes/collator-json.ts";

export const collatorSubscribeStatus = (collator: CollatorBackend) =>
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
