import {type ChainEvent, failureOf} from "../chain/events.ts";
import {callName, type DecodedExtrinsic} from "../chain/extrinsic.ts";
import {valueText} from "../chain/value-text.ts";
import {Badge} from "../parts/badge.tsx";
import {Address} from "../parts/names.tsx";
import {Said} from "../parts/said.tsx";
import {bytesText} from "../text/short.ts";

interface ExtrinsicItemProps {
  readonly extrinsic: DecodedExtrinsic;
  readonly index: number;
  readonly events: readonly ChainEvent[];
}

/** What was asked for, by whom, whether it worked, and what it did. */
export function ExtrinsicItem({extrinsic, index, events}: ExtrinsicItemProps) {
  const {call, kind, signer, hash, bytes, extensions} = extrinsic;
  const failure = failureOf(events, index);
  const own = events.filter(({phase}) => phase === index);
  return (
    <li>
      <details>
        <summary>
          <strong>{callName(call)}</strong>{" "}
          {signer !== undefined && (
            <>
              by <Address of={signer} isPlain />{" "}
            </>
          )}
          {kind === "general" && signer === undefined && "by whom its extensions say "}
          {failure === undefined ? (
            <Badge tone="good">done</Badge>
          ) : (
            <Badge tone="bad">{failure}</Badge>
          )}{" "}
          <Said parts={call?.said ?? []} isPlain />
        </summary>
        <p class="soft">
          {bytesText(bytes)}, hash <span class="mono">{hash}</span>
        </p>
        <h3>Call</h3>
        {call === undefined ? (
          <p class="soft">Unknown: its bytes are not of a form that this page can read.</p>
        ) : call.unread !== undefined ? (
          <p class="soft">Its arguments cannot be read: {call.unread}</p>
        ) : call.args === undefined ? (
          <p class="soft">Without arguments.</p>
        ) : (
          <pre>{valueText(call.args)}</pre>
        )}
        {extensions.length > 0 && (
          <>
            <h3>{kind === "general" ? "Its extensions" : "Signed extensions"}</h3>
            <pre>{valueText(Object.fromEntries(extensions))}</pre>
          </>
        )}
        <h3>Events</h3>
        <BlockEvents events={own} />
      </details>
    </li>
  );
}

export function BlockEvents({events}: {events: readonly ChainEvent[]}) {
  return (
    <ol class="events">
      {events.map(({pallet, name, said}, i) => (
        <li key={i}>
          {pallet}.{name} <Said parts={said} />
        </li>
      ))}
    </ol>
  );
}
