import {ok} from "#base";
import {subscription} from "../../declare/index.ts";
import type {FinalityQuestions} from "../../questions/finality.ts";
import {toHex} from "../../shapes/hex.ts";

export const grandpaSubscribeJustifications = (finality: FinalityQuestions) =>
  subscription({
    name: "grandpa_subscribeJustifications",
    unsubscribe: "grandpa_unsubscribeJustifications",
    notification: "grandpa_justifications",
    params: [],
    item: "SCALE of the proof of finality of each block that a round made final",
    start: (_, sink) =>
      ok(finality.onJustification(justification => sink.send(toHex(justification)))),
  });
