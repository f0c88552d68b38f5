import {callName} from "../chain/extrinsic.ts";
import type {Happening, Wanted} from "../chain/look-through.ts";
import {Badge} from "../parts/badge.tsx";
import {BlockLink} from "../parts/names.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Said} from "../parts/said.tsx";
import {useLookThrough} from "../state/look-through.ts";
import {count, plural} from "../text/short.ts";
import {timeText} from "../text/time.ts";

interface HappeningsProps {
  readonly title: string;
  readonly wanted: Wanted;
  /** Where there is nothing. */
  readonly none: string;
}

/** What is found in the newest blocks, and in older ones when one asks for them. */
export function HappeningsPanel({title, wanted, none}: HappeningsProps) {
  const {found, range, withoutState, failure, older, isGoingOn} = useLookThrough(wanted);
  if (found === undefined || range === undefined) {
    return (
      <Panel title={title}>
        <Waiting failure={failure} what="the newest blocks" />
      </Panel>
    );
  }
  const [newest, oldest] = range;
  return (
    <Panel title={title} aside={`in blocks ${count(oldest)} to ${count(newest)}`}>
      {found.length === 0 && <p class="soft">{none}</p>}
      <ol class="events">
        {found.map(each => (
          <Row
            key={`${each.block}-${"sent" in each.what ? "sent" : "did"}-${each.place}`}
            of={each}
          />
        ))}
      </ol>
      {withoutState > 0 && (
        <p class="soft">
          Of {plural(withoutState, "block")} among them the node keeps no state, so that what they
          did is unknown.
        </p>
      )}
      {failure !== undefined && <p class="note bad">{failure}</p>}
      {older !== undefined && (
        <button type="button" class="apart" disabled={isGoingOn} onClick={older}>
          Look through older blocks
        </button>
      )}
    </Panel>
  );
}

function Row({of: {number, block, at, what}}: {of: Happening}) {
  return (
    <li class="happening">
      <span class="nowrap">
        <BlockLink number={number} hash={block} />{" "}
        {at !== undefined && <span class="soft">{timeText(at)}</span>}
      </span>
      <span>
        {"sent" in what ? (
          <>
            <Badge tone={what.error === undefined ? "good" : "bad"}>
              {what.error === undefined ? "sent" : `failed: ${what.error}`}
            </Badge>{" "}
            <strong>{callName(what.sent.call)}</strong> <Said parts={what.sent.call?.said ?? []} />
          </>
        ) : (
          <>
            {what.event.pallet}.{what.event.name} <Said parts={what.event.said} />
          </>
        )}
      </span>
    </li>
  );
}
