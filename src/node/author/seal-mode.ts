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

export function parseSealMode(text: string): Result<SealMode, string> {
  if (text === "slots" || text === "instant" || text === "manual") return ok({kind: text});
  const match = /^interval=(\d+)(?:ms)?$/.exec(text);
  if (match !== null && Number(match[1]) > 0) {
    return ok({kind: "interval", every: millis(Number(match[1]))});
  }
  return err("slots, instant, manual or interval=MILLISECONDS");
}
