import {Hash} from "../parts/names.tsx";
import {Panel} from "../parts/panel.tsx";
import {
  EARLIER,
  STAGES,
  type Stage,
  type Transaction,
  transactions,
} from "../state/transactions.ts";
import {durationText, timeText} from "../text/time.ts";

/** How far each transaction of this page has come, and how long it took. */
export function FollowedPanel() {
  const list = transactions.value;
  return (
    <Panel
      title="Followed transactions"
      aside={list.length === 0 ? undefined : String(list.length)}
    >
      {list.length === 0 ? (
        <p class="soft">What is sent from this page, or looked for here, is followed here.</p>
      ) : (
        <ol class="events" aria-live="polite">
          {list.map(transaction => (
            <LifeLine key={transaction.id} transaction={transaction} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

export function LifeLine({transaction}: {transaction: Transaction}) {
  const {what, hash, reached, block, failure, callFailure, doubt} = transaction;
  const next = STAGES.find(stage => reached[stage] === undefined);
  return (
    <li>
      <strong>{what}</strong>{" "}
      <span class="soft">
        <Hash of={hash} />
      </span>
      {block !== undefined && (
        <>
          {" "}
          in <a href={`#/blocks/${block}`}>its block</a>
        </>
      )}
      <ol class="lifeline">
        {STAGES.map(stage => (
          <StageItem
            key={stage}
            stage={stage}
            reached={reached}
            isFailed={failure !== undefined && stage === next}
          />
        ))}
      </ol>
      {failure !== undefined && <p class="note bad">{failure}</p>}
      {callFailure !== undefined && (
        <p class="note bad">It is in its block, and failed there: {callFailure}</p>
      )}
      {doubt !== undefined && <p class="note waiting">{doubt}</p>}
    </li>
  );
}

interface StageItemProps {
  readonly stage: Stage;
  readonly reached: Transaction["reached"];
  readonly isFailed: boolean;
}

function StageItem({stage, reached, isFailed}: StageItemProps) {
  const at = reached[stage];
  return (
    <li class={isFailed ? "failed" : at === undefined ? undefined : "done"}>
      {stage}
      <br />
      <span class="soft">{isFailed ? "did not come" : whenText(at, reached.received)}</span>
    </li>
  );
}

function whenText(at: number | undefined, received: number | undefined): string {
  if (at === undefined) return "not yet";
  if (at === EARLIER) return "earlier";
  return received === undefined || received === EARLIER || at === received
    ? timeText(at)
    : `after ${durationText(at - received)}`;
}
