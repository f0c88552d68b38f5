import type {BinaryString} from "#base";
import {CheckedRows, isChecked, isWhole, namesRow, rowOf} from "./checked-rows.ts";
import {StoreFault} from "./failures.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";

/**
 * The layout in which values kept outside their nodes went by key and hash, and child tries by name and root. What was written
 * so is read so for as long as it is there, and is never removed by its place, since several states may share it.
 */
export const VALUES_BY_HASH = 1;

/** The layout in which rows had no checksums; it came with no release. */
export const UNCHECKED = 2;

/** Added to the layout of before while it is being raised: no program that knows that layout alone may open it then. */
const RAISING = 100;

const SCHEMA = keys.meta("schema");

/** Bytes of a version alone. With checksums it has one as well. */
const VERSION_SIZE = 4;

/** How far a conversion came: the last key that has its checksum. Itself without one. */
const RAISED_UP_TO = keys.meta("raised-up-to");

/** Bytes of values rewritten in one atomic write: so much room it needs on the disk, twice. */
const BATCH = 8 * 1024 * 1024;

/** The layout of a database; undefined of one that is empty. Throws `StoreFault` where the row that says it is damaged. */
export function layoutOf(store: KeyValueStore): number | undefined {
  const row = store.get(SCHEMA);
  if (row === undefined) return undefined;
  if (row.length !== VERSION_SIZE && !isWhole(SCHEMA, row)) {
    throw new StoreFault("database-corrupt", "the version of its layout does not fit its checksum");
  }
  return new DataView(row.buffer, row.byteOffset).getUint32(0, true);
}

/** Whether a database is of a layout that can be raised. */
export const isOfBefore = (version: number): boolean =>
  [VALUES_BY_HASH, UNCHECKED].includes(version % RAISING) && version < 2 * RAISING;

/** Whether a process was killed that raised it: then it has to be raised to its end before anybody reads it. */
export const isHalfRaised = (version: number): boolean => version > RAISING && isOfBefore(version);

/** How its rows are read, as long as it is not raised. */
export const rowsOf = (store: KeyValueStore, version: number): KeyValueStore =>
  isOfBefore(version) ? store : new CheckedRows(store);

/**
 * Has a database of a layout of before go on in the present one: its rows get checksums, and what is written from now on has
 * places. In steps that say how far they came, so that whoever is killed goes on; only the last one makes it one of this layout.
 * `onProgress`: told after each step how many bytes were rewritten so far.
 */
export async function raiseLayout(
  store: KeyValueStore,
  onProgress: (bytes: number) => void = () => {},
  batch = BATCH,
): Promise<void> {
  const version = layoutOf(store);
  if (version === undefined || !isOfBefore(version)) return;
  if (!isHalfRaised(version)) {
    await store.write([[SCHEMA, Uint8Array.of(RAISING + version, 0, 0, 0)]]);
  }
  let total = 0;
  let step: Write[] = [];
  let size = 0;
  for (let from = resumeAt(store); from !== undefined; ) {
    const next = nextRows(store, from, batch);
    for (const [key, value] of next.rows) {
      step.push([key, rowOf(key, value)]);
      size += value.length;
    }
    from = next.from;
    if (from === undefined) break;
    const last = next.rows.at(-1)![0];
    await store.write([...step, [RAISED_UP_TO, Uint8Array.from(last, char => char.charCodeAt(0))]]);
    total += size;
    onProgress(total);
    step = [];
    size = 0;
  }
  const own = ownValues(store);
  await store.write([
    ...step,
    ...own,
    [RAISED_UP_TO, undefined],
    [SCHEMA, rowOf(SCHEMA, Uint8Array.of(SCHEMA_VERSION, 0, 0, 0))],
    namesRow([SCHEMA, ...own.map(([key]) => key)]),
  ]);
}

function resumeAt(store: KeyValueStore): BinaryString | undefined {
  const raised = store.get(RAISED_UP_TO);
  return raised === undefined ? "" : `${Buffer.from(raised).toString("latin1")}\x00`;
}

/** The next rows that are to get checksums, without the node's own values, which are few and go last and at once. */
function nextRows(
  store: KeyValueStore,
  from: BinaryString,
  batch: number,
): {rows: [BinaryString, Uint8Array][]; from: BinaryString | undefined} {
  const rows: [BinaryString, Uint8Array][] = [];
  let size = 0;
  // Nodes and values of states, which are most of it, come after these.
  for (const [key, value] of store.range({from, to: keys.meta("")})) {
    if (!isChecked(key)) continue;
    rows.push([key, value]);
    size += value.length;
    if (size >= batch) return {rows, from: `${key}\x00`};
  }
  return {rows, from: undefined};
}

function ownValues(store: KeyValueStore): Write[] {
  const values = [...store.range({from: "m", to: "n"})];
  return values
    .filter(([key]) => key !== SCHEMA && key !== RAISED_UP_TO)
    .map(([key, value]) => [key, rowOf(key, value)]);
}
