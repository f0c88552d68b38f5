import type {Result} from "#base";
import type {Hash} from "#primitives";
import type {StateStart} from "#state";

/** What a snapshot is of; the shapes are those of its manifest (docs/snapshots.md). */
export interface SnapshotHead {
  readonly subject: object;
  /** The block's file. */
  readonly block: Uint8Array;
}

/** A file of rows, packed. */
export interface SnapshotPart {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Bytes unpacked. */
  readonly unpacked: number;
  readonly next: StateStart;
  readonly isComplete: boolean;
}

/** Why there is none, in words for a person, by a name for programs. */
export interface SnapshotRefusal {
  readonly code: string;
  readonly what: string;
  readonly todo?: string;
}

/** How a snapshot is taken of a node that runs: part by part, each on its own. */
export interface SnapshotQuestions {
  /** Of a final block, the newest where none is named; its state stays for a minute after each question about it. */
  head(block: Hash | undefined): Result<SnapshotHead, SnapshotRefusal>;
  chunk(block: Hash, start: StateStart): Promise<Result<SnapshotPart, SnapshotRefusal>>;
}
