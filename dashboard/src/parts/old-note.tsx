import {silence} from "../state/silence.ts";
import {timeText} from "../text/time.ts";

/** Above all that a screen shows while the node is not heard: of when it is. */
export function OldNote() {
  if (silence.value === undefined) return null;
  const {since, isLost} = silence.value;
  return (
    <p class={`note ${isLost ? "bad" : "waiting"}`}>
      {isLost ? "The node is not reached." : "Connecting to the node again."}
      {since !== undefined && ` What is shown is as of ${timeText(since)}.`}
    </p>
  );
}

/** In the place of a badge that says how something is now. */
export const asOfText = (since: number | undefined): string =>
  since === undefined ? "old" : `as of ${timeText(since)}`;
