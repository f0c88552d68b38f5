import {type Clock, type Millis, millis} from "#base";
import type {Alert} from "./alert-rules.ts";
import {
  ALERT_CODES,
  type AlertCode,
  type AlertsView,
  type Delivery,
  type RuleState,
} from "./vocabulary.ts";
import type {AlertMessage} from "./webhook.ts";

/** Between two looks, in milliseconds: what is wrong for a shorter time is no alert. */
const INTERVAL = 5_000;

export interface AlertWatchDependencies {
  readonly clock: Clock;
  readonly wallClock: Pick<Clock, "now">;
  readonly alerts: () => readonly Alert[];
  /** Undefined: nobody is told. */
  readonly webhook: {send(message: AlertMessage): void; readonly delivery: Delivery} | undefined;
  readonly node: string;
  readonly chain: string;
}

/** Tells of each alert when it was there at two looks in a row, and again when it is gone. */
export class AlertWatch {
  readonly #deps: AlertWatchDependencies;
  readonly #firing = new Map<AlertCode, {readonly sentence: string; readonly since: Millis}>();
  /** What the last look found, and when each was first found. */
  #seen = new Map<AlertCode, {readonly sentence: string; readonly since: Millis}>();
  readonly #calmSince = new Map<AlertCode, Millis>();
  readonly #beganAt: Millis;
  #lookedAt: Millis | undefined;

  constructor(dependencies: AlertWatchDependencies) {
    this.#deps = dependencies;
    this.#beganAt = dependencies.wallClock.now();
  }

  /** Looks until the signal ends. */
  async run(signal: AbortSignal): Promise<void> {
    const {clock, webhook} = this.#deps;
    // Where nobody is told nothing is urgent: the start goes before.
    if (webhook === undefined) await clock.until(millis(clock.now() + INTERVAL), signal);
    while (!signal.aborted) {
      this.look();
      await clock.until(millis(clock.now() + INTERVAL), signal);
    }
  }

  look(): void {
    const now = this.#deps.wallClock.now();
    const before = this.#seen;
    this.#lookedAt = now;
    this.#seen = new Map();
    for (const {code, sentence} of this.#deps.alerts()) {
      const since = before.get(code)?.since ?? now;
      this.#seen.set(code, {sentence, since});
      const firing = this.#firing.get(code);
      if (firing !== undefined) this.#firing.set(code, {...firing, sentence});
      else if (before.has(code)) {
        this.#firing.set(code, {sentence, since});
        this.#send(code, "firing", sentence);
      }
    }
    for (const [code, {sentence}] of this.#firing) {
      if (this.#seen.has(code) || before.has(code)) continue;
      this.#firing.delete(code);
      this.#calmSince.set(code, now);
      this.#send(code, "resolved", `over: ${sentence}`);
    }
  }

  view(): AlertsView {
    const rules = ALERT_CODES.map((code): RuleState => {
      const firing = this.#firing.get(code);
      if (firing !== undefined) return {code, state: "firing", ...firing};
      const seen = this.#seen.get(code);
      if (seen !== undefined) return {code, state: "seen", ...seen};
      const since = this.#calmSince.get(code) ?? this.#beganAt;
      return {code, state: "calm", since, sentence: undefined};
    });
    return {lookedAt: this.#lookedAt, rules, webhook: this.#deps.webhook?.delivery};
  }

  #send(alert: AlertCode, state: AlertMessage["state"], sentence: string): void {
    const {wallClock, webhook, node, chain} = this.#deps;
    webhook?.send({
      alert,
      state,
      text: `${node} on ${chain}: ${sentence}`,
      node,
      chain,
      at: wallClock.now(),
    });
  }
}
