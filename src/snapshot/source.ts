import {setImmediate as yieldThread} from "node:timers/promises";
import type {StateStart, StateView} from "#state";
import {ChunkWriter} from "./chunk.ts";
import type {SnapshotSubject} from "./manifest.ts";
import {pack} from "./packing.ts";

/** Rows of a state, packed. */
export interface PackedChunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Bytes unpacked. */
  readonly unpacked: number;
  readonly next: StateStart;
  readonly isComplete: boolean;
}

/** Where a snapshot is taken from: a database, or a node that runs. */
export interface SnapshotSource {
  readonly subject: SnapshotSubject;
  /** The block, as `encodeBlock` gives it. */
  readonly block: Uint8Array;
  chunk(start: StateStart): Promise<PackedChunk>;
}

/** Keys and values of a chunk: some 8,000 accounts, which are checked and written in one step. */
const CHUNK_SIZE = 1_024 * 1_024;

/** Keys and values that are read in one go: a few milliseconds, of a node that has blocks to make. */
const SLICE_SIZE = 48 * 1_024;

/** Reads a chunk's rows in slices, with a rest after each, and packs them. Undefined where `start` is none of the state. */
export async function packChunk(
  state: StateView,
  start: StateStart,
): Promise<PackedChunk | undefined> {
  const writer = new ChunkWriter(start.length === 2);
  let next = start;
  for (;;) {
    const section = state.rows(next, SLICE_SIZE);
    if (section === undefined) return undefined;
    for (const row of section.rows) writer.add(row);
    next = section.next;
    const {isComplete} = section;
    if (isComplete || writer.size >= CHUNK_SIZE) {
      const {rows} = writer;
      const unpacked = writer.finish(section.edge);
      return {bytes: await pack(unpacked), rows, unpacked: unpacked.length, next, isComplete};
    }
    await yieldThread();
  }
}
