import {type Clock, type Logger, millis} from "#base";
import type {AlertCode, Delivery, DeliveryTry} from "./vocabulary.ts";

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
  readonly delivery: Delivery;
  send(message: AlertMessage): void;
  stop(): void;
}

/** Sends messages one after the other and tries each until it was taken, ever more seldom. The URL may be a secret. */
export function createWebhook(
  url: URL,
  {clock, wallClock, logger}: {clock: Clock; wallClock: Pick<Clock, "now">; logger: Logger},
): Webhook {
  const waiting: AlertMessage[] = [];
  const abort = new AbortController();
  let isRunning = false;
  let last: DeliveryTry | undefined;
  const run = async () => {
    let wait = FIRST_WAIT;
    for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
      const {isTaken, answer} = await post(url, message, abort.signal);
      if (abort.signal.aborted) return;
      const {alert, state} = message;
      last = {at: wallClock.now(), alert, state, isTaken, answer};
      if (isTaken) {
        // Newer ones may have pushed it out meanwhile.
        if (waiting[0] === message) waiting.shift();
        wait = FIRST_WAIT;
        continue;
      }
      logger.log("warn", "alerts", `webhook at ${url.host} not reached: ${answer}`, {
        waiting: waiting.length,
        nextTry: `${wait / 1_000} s`,
      });
      await clock.until(millis(clock.now() + wait), abort.signal);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    }
  };
  return {
    get delivery() {
      return {host: url.host, waiting: waiting.length, last};
    },
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

/** Where messages go: user and password of the address are sent as a header, since `fetch` takes no address with them. */
function targetOf(given: URL): {readonly url: URL; readonly headers: Record<string, string>} {
  const url = new URL(given);
  const headers = {"content-type": "application/json"};
  if (url.username === "" && url.password === "") return {url, headers};
  const pair = `${unescaped(url.username)}:${unescaped(url.password)}`;
  url.username = "";
  url.password = "";
  const authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  return {url, headers: {...headers, authorization}};
}

/** What is no escape stands for itself. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Redirects followed for one message, as long as they stay with the server that was named. */
const MOST_REDIRECTS = 5;
/** 303 is none: it asks for a GET, which carries no message. */
const REDIRECTS = new Set([301, 302, 307, 308]);

/** Whether it was taken, and what was answered or why not, without what the address may hold. */
async function post(
  given: URL,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<Pick<DeliveryTry, "isTaken" | "answer">> {
  const refused = (answer: string) => ({isTaken: false, answer});
  const {url: first, headers} = targetOf(given);
  let url = first;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
  const body = JSON.stringify(message);
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const options = {method: "POST", headers, body, signal: inTime, redirect: "manual"} as const;
      const response = await fetch(url, options);
      await response.body?.cancel();
      const {status} = response;
      if (response.ok) return {isTaken: true, answer: `status ${status}`};
      const location = response.headers.get("location") ?? "";
      if (!REDIRECTS.has(status) || !URL.canParse(location, url.href))
        return refused(`status ${status}`);
      const next = new URL(location, url);
      // Neither message nor password is for anybody but the server that the operator named.
      if (next.origin !== url.origin) {
        return refused(`it redirects (status ${status}) to another server, which is not followed`);
      }
      ({url} = targetOf(next));
    }
    return refused("it redirects in a circle");
  } catch (error) {
    const {name, cause} = error as {name: string; cause?: {code?: string; message?: string}};
    // Of a port that `fetch` never calls it has no code. Whatever could be an address is for nobody's eyes.
    const words = cause?.message?.includes("/") === false ? cause.message : name;
    return refused(cause?.code ?? words);
  }
}
