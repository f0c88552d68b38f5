import {type Clock, type Millis, millis} from "#base";

/** The machine's clock. The one place below the command line that reads it. */
export const systemClock: Clock = {
  now: () => millis(Date.now()),
  until(time: Millis, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.max(0, time - Date.now()),
      );
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, {once: true});
    });
  },
};
