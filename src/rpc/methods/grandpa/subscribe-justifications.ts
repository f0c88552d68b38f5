import {ok} from "#base";
import {subscription} from "../../declare/index.ts";
import type {GrandpaQuestions} from "../../questions/grandpa.ts";
import {toHex} from "../../shapes/hex.ts";

export const grandpaSubscribeJustifications = (grandpa: GrandpaQuestions) =>
  subscription({
    name: "grandpa_subscribeJustifications",
    unsubscribe: "grandpa_unsubscribeJustifications",
    notification: "grandpa_justifications",
    params: [],
    item: "SCALE of the proof of finality of each block that a round made final",
    start: (_, sink) =>
      ok(grandpa.onJustification(justification => sink.send(toHex(justification)))),
  });
