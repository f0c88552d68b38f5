import {effect, type ReadonlySignal, signal} from "@preact/signals";
import type {Cadence} from "./live.ts";

const SLOW = 5_000;

/** Whether somebody can see the page. */
export const isVisible = signal(document.visibilityState !== "hidden");
document.addEventListener("visibilitychange", () => {
  isVisible.value = document.visibilityState !== "hidden";
});

/** One timer for all that has no subscription, and none while the page is hidden. */
const slow = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function keepTime(): void {
  const isWanted = slow.size > 0 && isVisible.peek();
  if (isWanted && timer === undefined) {
    timer = setInterval(() => {
      for (const ask of slow) ask();
    }, SLOW);
  } else if (!isWanted) {
    clearInterval(timer);
    timer = undefined;
  }
}
isVisible.subscribe(keepTime);

export const everyFiveSeconds: Cadence = ask => {
  slow.add(ask);
  keepTime();
  return () => {
    slow.delete(ask);
    keepTime();
  };
};

/** When something else has changed, and no more than so often: a chain may make two blocks a second. */
export const whenChanges =
  (source: ReadonlySignal<unknown>, least: number): Cadence =>
  ask => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const stop = effect(() => {
      void source.value;
      if (isFirst) {
        isFirst = false;
        return;
      }
      waiting ??= setTimeout(() => {
        waiting = undefined;
        if (isVisible.peek()) ask();
      }, least);
    });
    return () => {
      stop();
      clearTimeout(waiting);
    };
  };

/** The time of this machine, each second, for what counts down. */
export const now = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    seconds = setInterval(() => {
      if (isVisible.peek()) this.value = Date.now();
    }, 1_000);
  },
  unwatched() {
    clearInterval(seconds);
  },
});
let seconds: ReturnType<typeof setInterval> | undefined;
