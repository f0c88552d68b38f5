import type {CollatorHistory} from "../contract/index.ts";

const MINUTE = 60_000;
/** Steps that follow each other closely are lengths that change at each asking. */
const GROWS_BY = 1.25;

interface Noted {
  readonly to: number;
  readonly lag: Pick<CollatorHistory["lag"], "since">;
  readonly slots: Pick<CollatorHistory["slots"], "since">;
}

/**
 * How far back, in ms, a node's notes go, rounded up to one of a few lengths so that it stays the same for a while; undefined
 * where it has none.
 */
export function notedLength({to, lag, slots}: Noted): number | undefined {
  const begins = [lag.since, slots.since].filter(each => each !== null);
  if (begins.length === 0) return undefined;
  const wanted = to - Math.min(...begins);
  let length = MINUTE;
  while (length < wanted) length *= GROWS_BY;
  return Math.ceil(length);
}
