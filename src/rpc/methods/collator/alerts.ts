import {ok} from "#base";
import {method} from "../../declare/index.ts";
import type {AlertQuestions} from "../../questions/index.ts";
import {alertsJson} from "../../shapes/alerts-json.ts";

/** Ours: for who runs the node, not for strangers. */
export const collatorAlerts = (alerts: AlertQuestions) =>
  method({
    name: "collator_alerts",
    unsafe: true,
    params: [],
    result:
      "{lookedAt, rules: [{code, state: calm | seen | firing, since, sentence?}], webhook: {host, waiting, last: {at, alert, state, isTaken, answer} | null} | null}: what the node watches over, and whom it told",
    handle: () => ok(alertsJson(alerts.view())),
  });
