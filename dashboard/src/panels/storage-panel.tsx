import type {StorageStatus} from "../../../src/rpc/questions/storage.ts";
import {Badge} from "../parts/badge.tsx";
import {Fact, Facts} from "../parts/facts.tsx";
import {Meter} from "../parts/meter.tsx";
import {Panel, Waiting} from "../parts/panel.tsx";
import {Table} from "../parts/table.tsx";
import {storageStatus} from "../state/storage.ts";
import {bytesText, count, plural} from "../text/short.ts";
import {timeText} from "../text/time.ts";

/** Days until the disk is full from which on somebody should look. */
const SOON = 14;

/** How long will the disk do, and what is on it? */
export function StoragePanel() {
  const current = storageStatus.value.value;
  if (current === undefined) {
    return (
      <Panel title="Storage">
        <Waiting failure={storageStatus.failure.value} />
      </Panel>
    );
  }
  const {size, freeSpace, growth} = current;
  const days = daysLeft(current);
  const isSoon = days !== undefined && days < SOON;
  return (
    <Panel
      title="Storage"
      aside={days !== undefined && <Badge tone={isSoon ? "bad" : "good"}>{daysText(days)}</Badge>}
    >
      <Facts>
        <Fact name="Database">
          {size === undefined ? "in memory, gone when the node ends" : bytesText(size)}
        </Fact>
        {freeSpace !== undefined && <Fact name="Room on disk">{bytesText(freeSpace)}</Fact>}
        {size !== undefined && (
          <Fact name="Grows by">
            {growth === undefined ? (
              <span class="soft">told ten minutes after the start</span>
            ) : (
              `${bytesText(Math.max(0, growth.bytesPerDay))} a day, as since the start`
            )}
          </Fact>
        )}
        <Fact name="Keeps">every block and every state since genesis</Fact>
      </Facts>
      <Composition status={current} />
    </Panel>
  );
}

/** Undefined where it does not grow, or where that is not known. */
function daysLeft({freeSpace, growth}: StorageStatus): number | undefined {
  if (freeSpace === undefined || growth === undefined || growth.bytesPerDay <= 0) return undefined;
  return Math.floor(freeSpace / growth.bytesPerDay);
}

const daysText = (days: number): string =>
  days > 3_650 ? "full in over ten years" : `full in ${plural(days, "day")}`;

function Composition({status: {composition, isCounting}}: {status: StorageStatus}) {
  if (composition === undefined) {
    return <p class="soft">{isCounting ? "Counting what it is made of …" : "Not counted yet."}</p>;
  }
  const {kinds, countedAt} = composition;
  const all = kinds.reduce((sum, {bytes}) => sum + bytes, 0);
  return (
    <>
      <Table caption="What the database is made of" columns={["of", "#entries", "#size", "part"]}>
        {kinds.map(({kind, entries, bytes}) => (
          <tr key={kind}>
            <th scope="row">{kind}</th>
            <td class="number">{count(entries)}</td>
            <td class="number">{bytesText(bytes)}</td>
            <td>
              <Meter label={`${kind}, of all`} value={bytes} max={all} />
            </td>
          </tr>
        ))}
      </Table>
      <p class="soft">
        Keys and values as counted at {timeText(countedAt)}; the file is larger by what holds them
        together.
      </p>
    </>
  );
}
