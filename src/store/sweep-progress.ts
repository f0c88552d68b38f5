import type {Place} from "#trie";
import {StoreFault} from "./failures.ts";

/** Name of the value that says how far pruning came. */
export const SWEEP_PROGRESS = "sweep-progress";

/** How far pruning came; written with each removal, in the same step. */
export interface SweepProgress {
  /** States of the best chain below this height count as gone, removed or not yet. */
  floor: number;
  /** The lowest height of the best chain whose state was not wholly removed yet; at most `floor`. */
  states: number;
  /** States off the best chain are gone at heights below this one. */
  forks: number;
  /** Bodies are gone below this height, of all blocks. */
  bodies: number;
  /** Bodies off the best chain are gone below this height. */
  forkBodies: number;
  /** Nodes and values removed so far, and bytes of all that was. */
  entries: number;
  bytes: number;
  /** The state off the best chain that is being removed: its block does not name it any more. */
  fork: ForkSweep | undefined;
}

export interface ForkSweep {
  readonly hash: Uint8Array;
  readonly place: Place;
  /** That of the state which it was built on: what is above it was added. */
  readonly since: Place;
}

export const NOTHING_SWEPT: Readonly<SweepProgress> = {
  floor: 0,
  states: 0,
  forks: 0,
  bodies: 0,
  forkBodies: 0,
  entries: 0,
  bytes: 0,
  fork: undefined,
};

const HEIGHTS = ["floor", "states", "forks", "bodies", "forkBodies"] as const;
const COUNTS = ["entries", "bytes"] as const;
const HASH = 32;
const FIXED = 4 * HEIGHTS.length + 8 * COUNTS.length;

/** Heights as u32 and counts as u64, all little-endian; of a state under way the hash of its block and two places as u64. */
export function encodeProgress(progress: Readonly<SweepProgress>): Uint8Array {
  const {fork} = progress;
  const out = new Uint8Array(FIXED + (fork === undefined ? 0 : HASH + 16));
  const view = new DataView(out.buffer);
  HEIGHTS.forEach((name, i) => void view.setUint32(4 * i, progress[name], true));
  COUNTS.forEach((name, i) => {
    view.setBigUint64(4 * HEIGHTS.length + 8 * i, BigInt(progress[name]), true);
  });
  if (fork !== undefined) {
    out.set(fork.hash, FIXED);
    view.setBigUint64(FIXED + HASH, BigInt(fork.place), true);
    view.setBigUint64(FIXED + HASH + 8, BigInt(fork.since), true);
  }
  return out;
}

/** Throws `StoreFault` for what `encodeProgress` does not write. */
export function decodeProgress(bytes: Uint8Array | undefined): SweepProgress {
  const progress: SweepProgress = {...NOTHING_SWEPT};
  if (bytes === undefined) return progress;
  const isWhole = bytes.length === FIXED || bytes.length === FIXED + HASH + 16;
  if (!isWhole) throw new StoreFault("database-corrupt", "how far pruning came cannot be read");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  HEIGHTS.forEach((name, i) => {
    progress[name] = view.getUint32(4 * i, true);
  });
  COUNTS.forEach((name, i) => {
    progress[name] = Number(view.getBigUint64(4 * HEIGHTS.length + 8 * i, true));
  });
  if (bytes.length > FIXED) {
    progress.fork = {
      hash: bytes.slice(FIXED, FIXED + HASH),
      place: Number(view.getBigUint64(FIXED + HASH, true)),
      since: Number(view.getBigUint64(FIXED + HASH + 8, true)),
    };
  }
  if (progress.states > progress.floor) {
    throw new StoreFault("database-corrupt", "states were removed above the floor");
  }
  return progress;
}
