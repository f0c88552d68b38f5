import {computed} from "@preact/signals";
import type {VerdictCode, VerdictLevel} from "../contract/index.ts";
import {timeText} from "../text/time.ts";
import {status} from "./collator.ts";
import {type Silence, silence} from "./silence.ts";

export interface ShownVerdict {
  readonly code: VerdictCode | "not-reached" | "connecting";
  readonly level: VerdictLevel;
  readonly sentence: string;
  readonly todo: string | undefined;
  /** What the node said of itself when it was last heard, where it is not heard now. */
  readonly before: string | undefined;
}

/** What stands above everything: the node's own verdict, unless what it said is old. Undefined: nothing is known yet. */
export const shownVerdict = computed<ShownVerdict | undefined>(() => {
  const said = status.value?.verdict;
  if (silence.value !== undefined) return verdictOf(silence.value, said?.sentence);
  return said && {...said, before: undefined};
});

function verdictOf({since, isLost}: Silence, sentence: string | undefined): ShownVerdict {
  const before = sentence && since && `As of ${timeText(since)}: ${sentence}`;
  if (!isLost) {
    return {
      code: "connecting",
      level: "waiting",
      sentence: "Connecting to the node again …",
      todo: undefined,
      before: before || undefined,
    };
  }
  const heard =
    since === undefined ? "it never answered" : `nothing was heard of it since ${timeText(since)}`;
  return {
    code: "not-reached",
    level: "bad",
    sentence: `The node is not reached: ${heard}.`,
    todo: "See whether its process runs, and whether the way to it is open. This page tries again by itself.",
    before: before || undefined,
  };
}
