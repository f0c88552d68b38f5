import {type Clock, type Millis, millis} from "#base";

/** A timer of more than 2^31 ms ends at once. */
const LONGEST_SLEEP = 1_000_000_000;

/** Unix time when the process began; from there on it counts by itself, whatever the machine's clock is set to. */
const began = Date.now() - performance.now();

/**
 * Time for waits, deadlines and paces: it goes on evenly, is never set, and stands still while the machine sleeps. Its
 * moments are near Unix time, and are no date.
 */
export const steadyClock: Clock = {
  now: () => millis(began + performance.now()),
  until(time: Millis, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const left = () => time - (began + performance.now());
      const sleep = () => setTimeout(() => wake(), Math.min(Math.max(0, left()), LONGEST_SLEEP));
      const wake = () => {
        if (left() > 0) {
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
