import {computed} from "@preact/signals";
import type {CollatorStatus, VerdictCode, VerdictLevel} from "../contract/index.ts";
import {now} from "../rpc/cadence.ts";
import {durationText, timeText} from "../text/time.ts";
import {status} from "./collator.ts";
import {type Silence, silence} from "./silence.ts";

export interface ShownVerdict {
  readonly code: VerdictCode | "not-reached" | "not-heard" | "late" | "connecting" | "refused";
  readonly level: VerdictLevel;
  readonly sentence: string;
  readonly todo: string | undefined;
  /** What the node said of itself when it was last heard, where it is not heard now. */
  readonly before: string | undefined;
  readonly since: CollatorStatus["since"];
  /** Whose votes finality waits for. */
  readonly missing: CollatorStatus["head"]["missingVoters"];
}

/** What a node is as long as it runs has no beginning that is worth a word. */
const LASTING: ReadonlySet<VerdictCode> = new Set(["not-a-collator", "state-only"]);

/** What stands above everything: the node's own verdict, unless what it said is old. Undefined: nothing is known yet. */
export const shownVerdict = computed<ShownVerdict | undefined>(() => {
  const said = status.value?.verdict;
  const instead = insteadOf(silence.value, status.failure.value);
  if (instead === undefined) {
    const current = status.value;
    return (
      current && {
        ...current.verdict,
        before: undefined,
        since: LASTING.has(current.verdict.code) ? null : current.since,
        missing: current.head.stall === undefined ? [] : current.head.missingVoters,
      }
    );
  }
  const at = status.heardAt.value;
  const before = said && at && `As of ${timeText(at)}: ${said.sentence}`;
  return {...instead, before: before || undefined, since: null, missing: []};
});

function insteadOf(
  quiet: Silence | undefined,
  failure: string | undefined,
): Omit<ShownVerdict, "before" | "since" | "missing"> | undefined {
  if (quiet?.kind === "late") {
    const sentence = `The node answers ${durationText(quiet.by)} late: what is shown is that old.`;
    return {code: "late", level: "waiting", sentence, todo: undefined};
  }
  if (quiet?.kind === "quiet") {
    const {since} = quiet;
    const heard =
      since === undefined
        ? "Nothing is heard of the node."
        : `Nothing is heard of the node for ${durationText(Math.max(1_000, now.value - since))}.`;
    return {
      code: "not-heard",
      level: "bad",
      sentence: heard,
      todo: "Wait some seconds; then see whether its process hangs, or its machine. This page tries again by itself.",
    };
  }
  if (quiet?.kind === "lost") {
    const {since} = quiet;
    const heard =
      since === undefined
        ? "it never answered"
        : `nothing was heard of it since ${timeText(since)}`;
    return {
      code: "not-reached",
      level: "bad",
      sentence: `The node is not reached: ${heard}.`,
      todo: "See whether its process runs, and whether the way to it is open. This page tries again by itself.",
    };
  }
  if (quiet !== undefined) {
    const sentence = "Connecting to the node again …";
    return {code: "connecting", level: "waiting", sentence, todo: undefined};
  }
  if (failure === undefined) return undefined;
  return {
    code: "refused",
    level: "bad",
    sentence: `The node refuses to tell how it is: ${failure}.`,
    todo: "See which limits on clients it was started with. This page asks again by itself.",
  };
}
