import type {CollatorFacts} from "./collator-facts.ts";
import {momentText} from "./moments.ts";

/** `, about 05:40:20 UTC (block 40)`: when so many sessions from now one begins; nothing where the chain does not say. */
export function whenText(
  {session: {nextRotation, period}, block: best, slotDuration}: CollatorFacts,
  sessionsAhead: number,
  now: number,
): string {
  if (nextRotation === undefined || (period === undefined && sessionsAhead > 1)) return "";
  const block = nextRotation + (sessionsAhead - 1) * (period ?? 0);
  if (slotDuration === undefined) return ` (block ${block})`;
  return `, about ${momentText(now + (block - best) * slotDuration, now)} (block ${block})`;
}
