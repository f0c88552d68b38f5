import {ok} from "#base";
import type {FinalityBackend} from "../../backend/index.ts";
import {subscription} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const grandpaSubscribeJustifications = (finality: FinalityBackend) =>
  subscription({
    name: "grandpa_subscribeJustifications",
    unsubscribe: "grandpa_unsubscribeJustifications",
    notification: "grandpa_justifications",
    params: [],
    item: "SCALE of the proof of finality of each block that a round made final",
    start: (_, sink) =>
      ok(finality.onJustification(justification => sink.send(toHex(justification)))),
  });
