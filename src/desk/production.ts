import type {Production} from "./vocabulary.ts";

/** Two standard deviations: nineteen sessions of twenty lie within, if nothing but luck is at work. */
const BAND = 2;

/** What an equal share of the blocks made so far would be, with what chance allows around it. */
export function expectedShare(blocks: number, authors: number) {
  if (authors === 0) return NONE;
  const share = 1 / authors;
  const expected = blocks * share;
  const deviation = Math.sqrt(blocks * share * (1 - share));
  return {
    expected,
    low: Math.max(0, expected - BAND * deviation),
    high: Math.min(blocks, expected + BAND * deviation),
  };
}

const NONE = {expected: 0, low: 0, high: 0};

/** The share of who has a turn in each round, and of who has none, where blocks and authors are known. */
export function shareOf(
  blocks: number | undefined,
  authors: number | undefined,
  isActive: boolean,
): Pick<Production, "expected" | "low" | "high"> {
  if (!isActive) return NONE;
  return blocks === undefined || authors === undefined
    ? {expected: undefined, low: undefined, high: undefined}
    : expectedShare(blocks, authors);
}
