import {type Clock, type Millis, millis} from "#base";

/**
 * A clock whose waits are timers. They are looked at again after `longestSleep` milliseconds at most: where the clock may
 * be set a timer counts on all the same, and one of more than 2^31 ms ends at once.
 */
export function timerClock(now: () => number, longestSleep: number): Clock {
  return {
    now: () => millis(now()),
    until(time: Millis, signal?: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const sleep = () =>
          setTimeout(() => wake(), Math.min(Math.max(0, time - now()), longestSleep));
        const wake = () => {
          if (now() < time) {
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
}
