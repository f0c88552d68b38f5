import type {AlertsView} from "#desk";

/** What there is none of is null; a calm rule has no sentence. */
export const alertsJson = ({lookedAt, rules, webhook}: AlertsView) => ({
  lookedAt: lookedAt ?? null,
  rules,
  webhook: webhook === undefined ? null : {...webhook, last: webhook.last ?? null},
});
