import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {Meter} from "../parts/meter.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {now} from "../rpc/cadence.ts";
import {chainTimeAhead, status} from "../state/collator.ts";
import {isStatusOld} from "../state/silence.ts";
import {knownText} from "../text/known.ts";
import {count, plural, sentenceOf} from "../text/short.ts";
import {countdownText, timeText} from "../text/time.ts";

/** When does the set change next? */
export function SessionPanel() {
  const current = status.value;
  if (current === undefined) {
    return (
      <Panel title="Session">
        <Waiting failure={status.failure.value} />
      </Panel>
    );
  }
  const {index, period, blocksInto, nextRotationBlock, nextRotationAt} = current.session;
  const blocksLeft = period === null || blocksInto === null ? null : period - blocksInto;
  // As slots and blocks are: by the chain's clock, whatever a reader's shows.
  const at = (time: number) => timeText(time, current.time.at);
  return (
    <Panel
      title={index === null ? "Session" : `Session ${count(index)}`}
      aside={nextRotationBlock !== null && `changes at block ${count(nextRotationBlock)}`}
    >
      {index === null ? (
        <p class="lead">
          {current.whyNoSet === undefined
            ? "This chain does not publish any sessions."
            : `Which session this is, is unknown. ${sentenceOf(current.whyNoSet)}`}
        </p>
      ) : (
        <SessionLeft blocksLeft={blocksLeft} endsAt={nextRotationAt} />
      )}
      {period !== null && blocksInto !== null && (
        <div class="lead">
          <Meter label="Blocks of this session gone by" value={blocksInto} max={period} />
        </div>
      )}
      <Facts>
        <Fact name="Changes at">
          <Known value={nextRotationAt}>{time => `about ${at(time)}`}</Known>
        </Fact>
        <Fact name="Blocks so far">{knownText(blocksInto, count)}</Fact>
        {current.authorities !== null && (
          <Fact name="Authors">
            {plural(current.authorities.count, "key")}, {current.authorities.held} of them here
          </Fact>
        )}
        {current.authorsFrom && (
          <Fact name="Authoring">
            from session {knownText(current.authorsFrom.session, count)}, block{" "}
            {knownText(current.authorsFrom.block, count)}, about{" "}
            {knownText(current.authorsFrom.at, at)}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

interface SessionLeftProps {
  readonly blocksLeft: number | null;
  readonly endsAt: number | null;
}

function SessionLeft({blocksLeft, endsAt}: SessionLeftProps) {
  if (blocksLeft === null || endsAt === null) {
    return <p class="lead soft">When it ends is unknown: the chain does not publish it.</p>;
  }
  const left = endsAt - chainTimeAhead.value - now.value;
  return (
    <p class="lead">
      {isStatusOld.value ? (
        <span class="soft">{plural(blocksLeft, "block")} were left then</span>
      ) : (
        <>
          <span class="big">{countdownText(left)}</span>{" "}
          <span class="soft">left, {plural(blocksLeft, "block")}</span>
        </>
      )}
    </p>
  );
}
