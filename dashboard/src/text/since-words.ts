import {durationText, timeText} from "./time.ts";

interface Since {
  readonly at: number;
  readonly isAtLeast: boolean;
}

const SECOND = 1_000;

/** Since when something lasts, in words; `now` by the same clock as it. */
export function sinceText({at, isAtLeast}: Since, now: number): string {
  const lasted = durationText(Math.max(SECOND, now - at));
  return isAtLeast
    ? `Since before ${timeText(at, now)}, when this node began to look: ${lasted} at least.`
    : `Since ${timeText(at, now)}, for ${lasted}.`;
}

/** Below it nobody sees it, and the machine's own clock is no better. */
const NOTABLE = SECOND;

/** How the chain's time stands to the machine's, in a few words; undefined where they go together. */
export function chainTimeText({
  ahead,
  rate,
}: {
  readonly ahead: number;
  readonly rate: number;
}): string | undefined {
  if (rate !== 1) return `chain's clock ${Number(rate.toFixed(2))}× as fast`;
  if (Math.abs(ahead) < NOTABLE) return undefined;
  return `chain's clock ${ahead > 0 ? "+" : "−"}${durationText(Math.abs(ahead))}`;
}

/** How the machine's clock stands to others', where that is worth a word. */
export function machineTimeText(offset: number | undefined, bound: number): string | undefined {
  if (offset === undefined || Math.abs(offset) < Math.min(bound, NOTABLE)) return undefined;
  return `node's clock ${durationText(Math.abs(offset))} ${offset > 0 ? "ahead" : "behind"}`;
}
