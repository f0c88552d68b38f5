import type {Millis} from "#base";

export const ALERT_CODES = [
  "missed-slots",
  "kicked-soon",
  "keys-missing",
  "finality-stalled",
  "clock-off",
  "no-peers",
  "disk-low",
  "signed-twice",
  "key-stopped",
] as const;
export type AlertCode = (typeof ALERT_CODES)[number];

/** How one rule stands. */
export interface RuleState {
  readonly code: AlertCode;
  /** `seen`: it held at the last look, and is told if it still does at the next one. */
  readonly state: "calm" | "seen" | "firing";
  /** Since when, Unix time in milliseconds; of a calm one since the node began to look, if it never fired. */
  readonly since: Millis;
  /** What is wrong; undefined while it is calm. */
  readonly sentence: string | undefined;
}

/** The rules, and who is told. */
export interface AlertsView {
  /** When the node last looked; undefined: not yet. */
  readonly lookedAt: Millis | undefined;
  readonly rules: readonly RuleState[];
  /** Undefined: the node was started without one. */
  readonly webhook: Delivery | undefined;
}

/** What became of messages; nothing of the address but its host, for the rest may be a secret. */
export interface Delivery {
  readonly host: string;
  readonly waiting: number;
  /** The last try; undefined: there was none yet. */
  readonly last: DeliveryTry | undefined;
}

export interface DeliveryTry {
  /** Unix time in milliseconds. */
  readonly at: Millis;
  readonly alert: AlertCode | "test";
  readonly state: "firing" | "resolved";
  readonly isTaken: boolean;
  /** In words: `status 200`, `ECONNREFUSED`. */
  readonly answer: string;
}
