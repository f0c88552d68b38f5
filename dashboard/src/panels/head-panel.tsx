import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Known} from "../parts/known.tsx";
import {BlockLink} from "../parts/names.tsx";
import {asOfText} from "../parts/old-note.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {now} from "../rpc/cadence.ts";
import {chainTimeAhead, status} from "../state/collator.ts";
import {isStatusOld} from "../state/silence.ts";
import {plural} from "../text/short.ts";
import {durationText, timeText} from "../text/time.ts";

/** A lag that a healthy network shows at times, and one that it does not: votes take some blocks. */
const NORMAL_LAG = 4;
const LONG_LAG = 10;

/** Is the node at the head, and does finality follow? */
export function HeadPanel() {
  const current = status.value;
  if (current === undefined) {
    return (
      <Panel title="Head and finality">
        <Waiting failure={status.failure.value} />
      </Panel>
    );
  }
  const {head, clock} = current;
  const {best, bestHash, finalized, age, slotDuration, peers, isSyncing, stall, finalizedAt} = head;
  const lag = best - finalized;
  const clockNow = now.value + chainTimeAhead.value;
  const isSlow = lag > NORMAL_LAG;
  const isLate = stall !== undefined || lag > LONG_LAG;
  return (
    <Panel
      title="Head and finality"
      aside={
        isStatusOld.value ? (
          <Badge tone="quiet">{asOfText(status.heardAt.value)}</Badge>
        ) : (
          <Badge tone={isSyncing || isLate ? "bad" : isSlow ? "waiting" : "good"}>
            {isSyncing
              ? "catching up"
              : isLate
                ? "finality lags"
                : isSlow
                  ? "finality slow"
                  : "up to date"}
          </Badge>
        )
      }
    >
      <div class="pair">
        <div>
          <div class="soft">Best</div>
          <div class="big" data-best={best}>
            <BlockLink number={best} hash={bestHash} />
          </div>
        </div>
        <div>
          <div class="soft">Final</div>
          <div class="big">
            <BlockLink number={finalized} />
          </div>
        </div>
        <div>
          <div class="soft">Behind</div>
          <div class="big">{lag}</div>
        </div>
      </div>
      {stall !== undefined && <p class="note bad lead">{stall}</p>}
      <Facts>
        <Fact name="Head's age">
          {durationText(age)}, of slots of {durationText(slotDuration)}
        </Fact>
        {(isLate || isSlow) && (
          <Fact name="Last final">
            <Known value={finalizedAt}>
              {at => `made ${timeText(at, clockNow)}, ${durationText(clockNow - at)} ago`}
            </Known>
          </Fact>
        )}
        <Fact name="Peers">
          <a href="#/peers">{plural(peers, "peer")}</a>
        </Fact>
        <Fact name="Clock">
          {clock.offset === undefined ? (
            <span class="soft">nobody to compare with yet</span>
          ) : (
            <>
              {durationText(Math.abs(clock.offset))} {clock.offset < 0 ? "behind" : "ahead of"}{" "}
              {clock.source === "ntp" ? "NTP" : "peers"}
              {clock.isPaused && " "}
              {clock.isPaused && <Badge tone="bad">paused</Badge>}
            </>
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}
