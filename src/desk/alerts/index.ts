/**
 * Alerts by the node itself, for operators without Prometheus: a few rules over the collator's status, each told to a
 * webhook when it begins to hold and when it ends, and how each stands is told to who asks (`collator_alerts`). The same conditions as rules for Prometheus are in
 * `deploy/prometheus`.
 *
 * Out of scope: a node that is down, which can only be seen from outside.
 */

export {type Alert, alertsOf} from "./alert-rules.ts";
export {AlertWatch, type AlertWatchDependencies} from "./alert-watch.ts";
export {ALERT_CODES, type AlertsView, type Delivery, type RuleState} from "./vocabulary.ts";
export {createWebhook, type Webhook} from "./webhook.ts";
