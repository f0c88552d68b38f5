import type {Turn} from "../budgets/turn.ts";

/** Items after which others have their turn in any case: where time stands still, as in tests, none is ever over. */
const SLICE = 2_048;

/** Walks something long and lets others have their turn on the way. */
export async function* inSlices<T>(items: Iterable<T>, turn: Turn): AsyncGenerator<T> {
  let count = 0;
  for (const item of items) {
    yield item;
    if (++count % SLICE === 0 || turn.isOver) await turn.next();
  }
}
