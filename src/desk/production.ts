import type {Production} from "./vocabulary.ts";

/** Two standard deviations: nineteen sessions of twenty lie within, if nothing but luck is at work. */
const BAND = 2;

/** What an equal share of the blocks made so far would be, with what chance allows around it. */
export function expectedShare(blocks: number, authors: number) {
  if (authors === 0) return {expected: 0, low: 0, high: 0};
  const share = 1 / authors;
  const expected = blocks * share;
  const deviation = Math.sqrt(blocks * share * (1 - share));
  return {
    expected,
    low: Math.max(0, expected - BAND * deviation),
    high: Math.min(blocks, expected + BAND * deviation),
  };
}

export function production(
  turns: number,
  made: number,
  blocks: number,
  authors: number,
  isActive: boolean,
): Production {
  const share = isActive ? expectedShare(blocks, authors) : {expected: 0, low: 0, high: 0};
  return {turns, made, ...share};
}
