import {err, type Millis, millis, ok, type Result} from "#base";

/**
 * When blocks are made: by slots of real time, as soon as there is something to include, on request, or every so
 * many milliseconds. All but `slots` move the chain's time on a virtual clock.
 */
export type SealMode =
  | {readonly kind: "slots"}
  | {readonly kind: "instant"}
  | {readonly kind: "manual"}
  | {readonly kind: "interval"; readonly every: Millis};

/** Milliseconds: eleven days, as much as any other number of a flag. */
const LONGEST = 1_000_000_000;

export function parseSealMode(given: string): Result<SealMode, string> {
  const text = given.toLowerCase();
  if (text === "slots" || text === "instant" || text === "manual") return ok({kind: text});
  const match = /^interval=(\d+)(?:ms)?$/.exec(text);
  if (match !== null && Number(match[1]) > 0 && Number(match[1]) <= LONGEST) {
    return ok({kind: "interval", every: millis(Number(match[1]))});
  }
  return err(`slots, instant, manual or interval=MILLISECONDS, from 1 to ${LONGEST}`);
}
