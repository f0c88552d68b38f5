import {useComputed} from "@preact/signals";
import {useEffect} from "preact/hooks";
import {Badge} from "../parts/badge.tsx";
import {Hash} from "../parts/names.tsx";
import {chain} from "../state/chain.ts";
import {status} from "../state/collator.ts";

const LEVELS = {good: "All is well", waiting: "Nothing to do but wait", bad: "Attention"} as const;

/** The node's own sentence about itself, before any number. */
export function VerdictPanel() {
  // The sentence counts seconds; who listens is told when the situation is another, not each second.
  const situation = useComputed(() => status.value?.verdict.code);
  const verdict = status.value?.verdict;
  useEffect(() => {
    if (verdict !== undefined)
      document.title = `${titleOf(verdict.level)} ${chain.value?.name ?? "khala"}`;
  }, [verdict?.level, chain.value?.name]);
  if (verdict === undefined) {
    return (
      <section class="panel verdict" aria-label="Verdict">
        <h1 class="soft">Asking the node how it is …</h1>
      </section>
    );
  }
  const {level, sentence, todo} = verdict;
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
      {typeof account === "string" && (
        <p class="of">
          Collating for <Hash of={account} ends={8} />
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

const titleOf = (level: keyof typeof LEVELS) => ({good: "✓", waiting: "…", bad: "!"})[level];
