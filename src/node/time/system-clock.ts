import {type Clock, type Millis, millis} from "#base";

/**
 * Longest sleep, in milliseconds, before the clock is looked at again. Timers count on while the clock may be set
 * or the machine suspended, and a timer of more than 2^31 ms ends at once.
 */
const LONGEST_SLEEP = 10_000;

/** The machine's clock. The one place below the command line that reads it. */
export const systemClock: Clock = {
  now: () => millis(Date.now()),
  until(time: Millis, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const sleep = () => {
        const left = Math.max(0, time - Date.now());
        return setTimeout(() => wake(), Math.min(left, LONGEST_SLEEP));
      };
      const wake = () => {
        if (Date.now() < time) {
          timer = sleep();
          return;
        }
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      let timer = sleep();
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, {once: true});
    });
  },
};
