import type {BinaryString} from "#base";

/** A value to put, or `undefined` to remove the key. */
export type Write = readonly [key: BinaryString, value: Uint8Array | undefined];

export type KeyRange = {
  /** The first key that may be given. */
  from: BinaryString;
  /** The first key that may not; without it, up to the end. */
  to?: BinaryString;
};

/**
 * An ordered map on disk. Keys are at most `LONGEST_KEY` bytes. Reads are synchronous and see what `write` has
 * acknowledged, and perhaps more of what it was given. Throws `StoreFault` where the disk or the file fails.
 */
export interface KeyValueStore {
  /** An array for the caller to keep. */
  get(key: BinaryString): Uint8Array | undefined;
  /**
   * An array that begins with the value, to be looked at before the next call of any method; what comes after is not part of it. The
   * cheapest way to read, for who knows by the value itself where it ends.
   */
  lend(key: Uint8Array): Uint8Array | undefined;
  /** All of it or nothing, in the order of the calls, and safe against the loss of power once resolved. */
  write(batch: readonly Write[]): Promise<void>;
  /** In order of keys; the store must not be written to meanwhile. */
  range(range: KeyRange): Iterable<[BinaryString, Uint8Array]>;
  /**
   * Rows that stand where those of their kind do not belong any more, in batches of so many bytes, each to be written again, and on disk,
   * before the next one is asked for; none where nothing is said. Nothing else may be under way.
   */
  misplaced?(batch: number): Iterable<readonly Write[]>;
  /** Waits for what was given to `write`. */
  close(): Promise<void>;
}

/** LMDB's bound with pages of 4 KiB is 1,978; no key of ours comes near. */
export const LONGEST_KEY = 1_024;
