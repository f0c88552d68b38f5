import type {Slices} from "./slices.ts";

/** Work that may be laid down between two steps, each of some milliseconds, to be taken up again. */
export type Steps<T> = Generator<void, T, void>;

/** Does all of it in one go. */
export function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** As much of it as goes into a slice; all of it where the thread is not shared with anybody. */
export function inSlice<T>(steps: Steps<T>, slices: Slices | undefined): IteratorResult<void, T> {
  let step = steps.next();
  while (step.done !== true && slices?.isOver !== true) step = steps.next();
  return step;
}

/** Does it with a rest after each step, in which other work has its turn. */
export async function inTurns<T>(steps: Steps<T>, rest: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await rest();
  }
}
