import type {VirtualClock} from "#base";

/** Wakes who waits on the clock, one moment after the other, until that has come about; fails when it does not. */
export async function passTime(clock: VirtualClock, hasCome: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !hasCome(); i++) {
    const next = clock.next();
    if (next !== undefined) clock.advanceTo(next);
    await new Promise(resolve => setImmediate(resolve));
  }
  if (!hasCome()) throw new Error("it did not come about");
}
