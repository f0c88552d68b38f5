import type {KeptHeights, StorageStatus} from "../../../src/rpc/questions/storage.ts";
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
        <Fact name="States of blocks">{keptText(current.pruning.kept.states)}</Fact>
        <Fact name="Bodies of blocks">{keptText(current.pruning.kept.bodies)}</Fact>
        {current.pruning.statesToRemove > 0 && (
          <Fact name="Still to remove">{plural(current.pruning.statesToRemove, "state")}</Fact>
        )}
        {current.index !== undefined && (
          <Fact name="Index of the state">
            {current.index.isReady ? "answers readers" : "being made"},{" "}
            {count(current.index.blocks)} blocks of rows
          </Fact>
        )}
        <Damages status={current} />
      </Facts>
      <Composition status={current} />
    </Panel>
  );
}

const keptText = (ranges: readonly KeptHeights[]): string =>
  ranges
    .map(({from, to}) => (from === to ? count(from) : `${count(from)} to ${count(to)}`))
    .join(", ") || "none";

function Damages({status: {size, damages, mended, lookedThroughAt}}: {status: StorageStatus}) {
  if (size === undefined) return null;
  if (damages.length > 0) {
    return (
      <Fact name="Damaged">
        <Badge tone="bad">{plural(damages.length, "place")}</Badge> {damages[0]}: stop the node, and{" "}
        <code>khala db check --repair --from URL</code>
      </Fact>
    );
  }
  return (
    <Fact name="Looked through">
      {lookedThroughAt === undefined ? (
        <span class="soft">not to its end yet, {foundText(mended)} so far</span>
      ) : (
        `${timeText(lookedThroughAt)}, ${foundText(mended)}`
      )}
    </Fact>
  );
}

const foundText = (mended: number): string =>
  mended === 0 ? "nothing damaged" : `${plural(mended, "place")} damaged, and mended`;

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
