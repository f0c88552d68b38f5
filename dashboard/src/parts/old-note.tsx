import {silence} from "../state/silence.ts";
import {durationText, timeText} from "../text/time.ts";

const WORDS = {
  lost: "The node is not reached.",
  quiet: "Nothing is heard of the node.",
  away: "Connecting to the node again.",
} as const;

/** Above all that a screen shows while the node is not heard: of when it is. */
export function OldNote() {
  if (silence.value === undefined) return null;
  const quiet = silence.value;
  if (quiet.kind === "late") {
    return (
      <p class="note waiting">
        The node answers {durationText(quiet.by)} late: what is shown is that old.
      </p>
    );
  }
  const {kind, since} = quiet;
  return (
    <p class={`note ${kind === "away" ? "waiting" : "bad"}`}>
      {WORDS[kind]}
      {since !== undefined && ` What is shown is as of ${timeText(since)}.`}
    </p>
  );
}

/** In the place of a badge that says how something is now. */
export const asOfText = (since: number | undefined): string =>
  since === undefined ? "old" : `as of ${timeText(since)}`;
