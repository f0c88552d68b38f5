import {type Clock, millis} from "#base";
import type {Alert, AlertCode} from "./alert-rules.ts";
import type {AlertMessage} from "./webhook.ts";

/** Between two looks, in milliseconds: what is wrong for a shorter time is no alert. */
const INTERVAL = 5_000;

export interface AlertWatchDependencies {
  readonly clock: Clock;
  readonly wallClock: Pick<Clock, "now">;
  readonly alerts: () => readonly Alert[];
  readonly send: (message: AlertMessage) => void;
  readonly node: string;
  readonly chain: string;
}

/** Tells of each alert when it was there at two looks in a row, and again when it is gone. */
export class AlertWatch {
  readonly #deps: AlertWatchDependencies;
  readonly #firing = new Map<AlertCode, string>();
  #seen = new Set<AlertCode>();

  constructor(dependencies: AlertWatchDependencies) {
    this.#deps = dependencies;
  }

  /** Looks until the signal ends. */
  async run(signal: AbortSignal): Promise<void> {
    const {clock} = this.#deps;
    while (!signal.aborted) {
      this.look();
      await clock.until(millis(clock.now() + INTERVAL), signal);
    }
  }

  look(): void {
    const alerts = this.#deps.alerts();
    const there = new Set(alerts.map(({code}) => code));
    for (const {code, sentence} of alerts) {
      if (this.#firing.has(code) || !this.#seen.has(code)) continue;
      this.#firing.set(code, sentence);
      this.#send(code, "firing", sentence);
    }
    for (const [code, sentence] of this.#firing) {
      if (there.has(code) || this.#seen.has(code)) continue;
      this.#firing.delete(code);
      this.#send(code, "resolved", `over: ${sentence}`);
    }
    this.#seen = there;
  }

  #send(alert: AlertCode, state: AlertMessage["state"], sentence: string): void {
    const {wallClock, send, node, chain} = this.#deps;
    send({
      alert,
      state,
      text: `${node} on ${chain}: ${sentence}`,
      node,
      chain,
      at: wallClock.now(),
    });
  }
}
