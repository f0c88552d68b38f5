import {useComputed} from "@preact/signals";
import {Badge} from "../parts/badge.tsx";
import {Address} from "../parts/names.tsx";
import {Voters} from "../parts/voters.tsx";
import {now} from "../rpc/cadence.ts";
import {chainTimeAhead, status} from "../state/collator.ts";
import {shownVerdict} from "../state/shown-verdict.ts";
import {plural} from "../text/short.ts";
import {sinceText} from "../text/since-words.ts";

const LEVELS = {good: "All is well", waiting: "Nothing to do but wait", bad: "Attention"} as const;

/** The node's own sentence about itself, before any number; or that it says nothing any more. */
export function VerdictPanel() {
  // The sentence counts seconds; who listens is told when the situation is another, not each second.
  const situation = useComputed(() => shownVerdict.value?.code);
  const verdict = shownVerdict.value;
  if (verdict === undefined) {
    return (
      <section class="panel verdict" aria-label="Verdict">
        <h1 class="soft">Asking the node how it is …</h1>
      </section>
    );
  }
  const {level, sentence, todo, before, since, missing} = verdict;
  const account = status.value?.account;
  return (
    <section class={`panel verdict ${level}`} aria-label="Verdict" data-verdict={verdict.code}>
      <p class="level">
        <Badge tone={level}>{LEVELS[level]}</Badge>
      </p>
      <h1>{sentence}</h1>
      {todo !== undefined && (
        <p class="todo">
          <strong>Do:</strong> {todo}
        </p>
      )}
      {missing.length > 0 && (
        <p class="of">
          {plural(missing.length, "voter")} not heard of in the running round:{" "}
          <Voters of={missing} />
        </p>
      )}
      {since !== null && (
        <p class="of" data-since={since.at}>
          {sinceText(since, now.value + chainTimeAhead.value)}
        </p>
      )}
      {before !== undefined && <p class="of">{before}</p>}
      {typeof account === "string" && (
        <p class="of">
          Collating for <Address of={account} ends={8} isMarked={false} />
        </p>
      )}
      <p class="hidden" role="status">
        {situation.value === undefined
          ? ""
          : `${LEVELS[level]}: ${situation.value.replaceAll("-", " ")}`}
      </p>
    </section>
  );
}
