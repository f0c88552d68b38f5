import {bytesToBinary, err, hexToBytes, ok, type Report, type Result} from "#base";
import type {StateStart} from "#state";
import type {Manifest, SnapshotChunk, SnapshotSubject} from "./manifest.ts";
import {openManifest, SnapshotWriter, type UnfinishedSnapshot} from "./snapshot-folder.ts";
import type {SnapshotSource} from "./source.ts";

/** How far an export, a check or an import came. */
export interface SnapshotProgress {
  readonly rows: number;
  readonly chunks: number;
  /** Of all; undefined where that is not known. */
  readonly ofChunks: number | undefined;
  /** From 0 to 1 where it can be told: how much of the keys is through. They are not spread evenly. */
  readonly part: number;
}

/** Writes a snapshot of what a source has, going on where one of the same block broke off. */
export async function exportSnapshot(
  source: SnapshotSource,
  folder: string,
  onProgress: (progress: SnapshotProgress) => void = () => {},
): Promise<Result<Manifest, Report>> {
  const writer = new SnapshotWriter(folder);
  const {subject} = source;
  const begun = beginOrGoOn(writer, source);
  if (!begun.ok) return begun;
  if (writer.isWhole) return openManifest(folder);
  const chunks = [...begun.value.chunks];
  let rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  let start = startOf(chunks.at(-1));
  for (let {isComplete} = begun.value; !isComplete; ) {
    const chunk = await source.chunk(start);
    chunks.push(writer.add(chunks.length, chunk));
    rows += chunk.rows;
    start = chunk.next;
    ({isComplete} = chunk);
    const part = isComplete ? 1 : partOf(start);
    onProgress({rows, chunks: chunks.length, ofChunks: undefined, part});
  }
  return ok(writer.finish(subject, chunks));
}

const NOTHING = {chunks: [], isComplete: false} as const;

function beginOrGoOn(
  writer: SnapshotWriter,
  {subject, block}: SnapshotSource,
): Result<Pick<UnfinishedSnapshot, "chunks" | "isComplete">, Report> {
  const other = (found: SnapshotSubject): Result<never, Report> =>
    err({
      code: "snapshot-of-another-block",
      what: "another snapshot is in that folder",
      facts: [
        ["folder", writer.folder],
        ["there", `block ${found.block.number} of ${found.chain.name}: ${found.block.hash}`],
        [
          "asked for",
          `block ${subject.block.number} of ${subject.chain.name}: ${subject.block.hash}`,
        ],
      ],
      did: "wrote nothing",
      todo: "name another folder, or remove that one",
    });
  if (writer.isWhole) {
    const there = openManifest(writer.folder);
    if (!there.ok) return there;
    if (there.value.block.hash !== subject.block.hash) return other(there.value);
    writer.tidy();
    return ok(NOTHING);
  }
  if (writer.isForeign) {
    return err({
      code: "folder-not-empty",
      what: "something else is in that folder",
      facts: [["folder", writer.folder]],
      did: "wrote nothing",
      todo: "name a folder that is empty or not there",
    });
  }
  const unfinished = writer.unfinished();
  if (unfinished === undefined) {
    writer.begin(subject, block);
    return ok(NOTHING);
  }
  if (unfinished.subject.block.hash !== subject.block.hash) return other(unfinished.subject);
  writer.goOn(unfinished, block);
  return ok(unfinished);
}

/** Where the rows after a chunk begin. */
export function startOf(chunk: SnapshotChunk | undefined): StateStart {
  const keys = (chunk?.next ?? []).map(key => bytesToBinary(hexToBytes(key)!));
  return keys as readonly string[] as StateStart;
}

function partOf([key = ""]: StateStart): number {
  const [high, low] = [key.charCodeAt(0) || 0, key.charCodeAt(1) || 0];
  return (high * 256 + low) / 65_536;
}
