import {type BinaryString, binaryToBytes, bytesToBinary} from "#base";
import {CheckedRows, isChecked, isWhole, namesRow, rowOf} from "./checked-rows.ts";
import {type OpenFailure, StoreFault} from "./failures.ts";
import type {KeyValueStore, Write} from "./key-value-store.ts";
import {keys, SCHEMA_VERSION} from "./keys.ts";

/**
 * The layout in which values kept outside their nodes went by key and hash, and child tries by name and root. What was written
 * so is read so for as long as it is there, and is never removed by its place, since several states may share it.
 */
export const VALUES_BY_HASH = 1;

/** The layout in which rows had no checksums; it came with no release. */
export const UNCHECKED = 2;

/** The layout in which rows of all kinds were in one tree (`own-trees.ts`); it came with no release. */
export const ONE_TREE = 3;

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
  [VALUES_BY_HASH, UNCHECKED, ONE_TREE].includes(version % RAISING) && version < 2 * RAISING;

const hasChecksums = (version: number): boolean => version % RAISING >= ONE_TREE;

/** Whether a process was killed that raised it: then it has to be raised to its end before anybody reads it. */
export const isHalfRaised = (version: number): boolean => version > RAISING && isOfBefore(version);

/** Of a database that is looked at or worked on by who does not raise it. */
export const otherLayout = (file: string, found: number): OpenFailure => ({
  code: "schema-unknown",
  file,
  found: isOfBefore(found) ? found % RAISING : found,
  supported: SCHEMA_VERSION,
  ...(isOfBefore(found) ? {isOfBefore: true} : {}),
});

/** How its rows are read, as long as it is not raised. */
export const rowsOf = (store: KeyValueStore, version: number): KeyValueStore =>
  hasChecksums(version) ? new CheckedRows(store) : store;

/**
 * Has a database of a layout of before go on in the present one: its rows get checksums where they had none and come to stand in the
 * trees of their kinds, and what is written from now on has places. A damaged row stays as damaged as it was. In steps that say how far
 * they came, so that whoever is killed goes on; only the last one makes it one of this layout. Of a database of this layout, rows that
 * stand in the tree of before are moved. `onProgress`: told after each step how many bytes were rewritten so far.
 */
export async function raiseLayout(
  store: KeyValueStore,
  onProgress: (bytes: number) => void = () => {},
  batch = BATCH,
): Promise<void> {
  const version = layoutOf(store);
  if (version !== SCHEMA_VERSION && (version === undefined || !isOfBefore(version))) return;
  if (isOfBefore(version) && !isHalfRaised(version)) {
    await store.write([[SCHEMA, rowOf(SCHEMA, Uint8Array.of(RAISING + version, 0, 0, 0))]]);
  }
  let total = 0;
  const write = async (rows: readonly Write[], reached: readonly Write[]): Promise<void> => {
    await store.write([...rows, ...reached]);
    total += rows.reduce((size, [, value]) => size + value!.length, 0);
    onProgress(total);
  };
  let from: BinaryString | undefined = hasChecksums(version) ? undefined : resumeAt(store);
  while (from !== undefined) {
    const {rows, next} = nextRows(store, from, batch);
    const last = rows.at(-1)?.[0];
    if (last !== undefined) await write(rows, [[RAISED_UP_TO, binaryToBytes(last)]]);
    from = next;
  }
  for (const rows of store.misplaced?.(batch) ?? []) await write(rows, []);
  if (version === SCHEMA_VERSION) return;
  const own = hasChecksums(version) ? [] : ownValues(store);
  await store.write([
    ...own,
    [RAISED_UP_TO, undefined],
    [SCHEMA, rowOf(SCHEMA, Uint8Array.of(SCHEMA_VERSION, 0, 0, 0))],
    ...(hasChecksums(version) ? [] : [namesRow([SCHEMA, ...own.map(([key]) => key)])]),
  ]);
}

function resumeAt(store: KeyValueStore): BinaryString {
  const raised = store.get(RAISED_UP_TO);
  return raised === undefined ? "" : `${bytesToBinary(raised)}\x00`;
}

/**
 * The next rows that are to get checksums, without the node's own values, which are few and go last and at once; and where to go on, if
 * anywhere.
 */
function nextRows(
  store: KeyValueStore,
  from: BinaryString,
  batch: number,
): {rows: readonly Write[]; next: BinaryString | undefined} {
  const rows: Write[] = [];
  let size = 0;
  // Nodes and values of states, which are most of it, come after these.
  for (const [key, value] of store.range({from, to: keys.meta("")})) {
    if (!isChecked(key)) continue;
    rows.push([key, rowOf(key, value)]);
    size += value.length;
    if (size >= batch) return {rows, next: `${key}\x00`};
  }
  return {rows, next: undefined};
}

function ownValues(store: KeyValueStore): Write[] {
  const values = [...store.range({from: "m", to: "n"})];
  return values
    .filter(([key]) => key !== SCHEMA && key !== RAISED_UP_TO)
    .map(([key, value]) => [key, rowOf(key, value)]);
}
