import {type Clock, millis} from "#base";

/** The machine's time, for tests of what only real time moves: sockets. */
export const realClock: Clock = {
  now: () => millis(Date.now()),
  until: (time, signal) =>
    new Promise((resolve, reject) => {
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
    }),
};
