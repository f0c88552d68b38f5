import {setImmediate as nextTurn} from "node:timers/promises";

/** Some milliseconds of work at a microsecond or two an item. */
const SLICE = 2_048;

/** Walks something long and lets others have their turn on the way. */
export async function* inSlices<T>(items: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const item of items) {
    yield item;
    if (++count % SLICE === 0) await nextTurn();
  }
}
