import {type Clock, type Logger, millis} from "#base";
import type {AlertCode} from "./alert-rules.ts";

/** What a webhook is sent, as JSON; `text` is for chat services that show just that. */
export interface AlertMessage {
  readonly alert: AlertCode | "test";
  readonly state: "firing" | "resolved";
  readonly text: string;
  readonly node: string;
  readonly chain: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** Messages that wait for a webhook that does not answer; the oldest go first. */
const MAX_WAITING = 32;
const TIMEOUT = 10_000;
/** Between two tries, doubling from the first to the last. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 300_000;

export interface Webhook {
  send(message: AlertMessage): void;
  stop(): void;
}

/** Sends messages one after the other and tries each until it was taken, ever more seldom. The URL may be a secret. */
export function createWebhook(url: URL, {clock, logger}: {clock: Clock; logger: Logger}): Webhook {
  const waiting: AlertMessage[] = [];
  const abort = new AbortController();
  let isRunning = false;
  const run = async () => {
    let wait = FIRST_WAIT;
    for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
      const failure = await post(url, message, abort.signal);
      if (abort.signal.aborted) return;
      if (failure === undefined) {
        // Newer ones may have pushed it out meanwhile.
        if (waiting[0] === message) waiting.shift();
        wait = FIRST_WAIT;
        continue;
      }
      logger.log("warn", "alerts", `webhook at ${url.host} not reached: ${failure}`, {
        waiting: waiting.length,
        nextTry: `${wait / 1_000} s`,
      });
      await clock.until(millis(clock.now() + wait), abort.signal);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    }
  };
  return {
    send(message) {
      waiting.push(message);
      if (waiting.length > MAX_WAITING) waiting.shift();
      if (isRunning) return;
      isRunning = true;
      run()
        .catch((error: unknown) => {
          if (!abort.signal.aborted) logger.log("error", "alerts", "webhook broke off", {error});
        })
        .finally(() => {
          isRunning = false;
        });
    },
    stop: () => abort.abort(new Error("stopping")),
  };
}

/** Undefined when it was taken; else why not, without what the URL may hold. */
async function post(
  url: URL,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {"content-type": "application/json"},
      body: JSON.stringify(message),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    const {cause} = error as {cause?: {code?: string}};
    return cause?.code ?? (error as Error).name;
  }
}
