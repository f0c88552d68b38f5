import {err, ok, type Report, type Result} from "#base";
import type {Hashing} from "#crypto";
import {StateBuilder} from "#trie";
import type {SnapshotProgress} from "./export-snapshot.ts";
import {Snapshot} from "./read-snapshot.ts";

/** Checks all of a snapshot: each file by its digest, each chunk against the state's root, the block against its header. */
export async function verifySnapshot(
  folder: string,
  hashing: Pick<Hashing, "blockHash">,
  onProgress: (progress: SnapshotProgress) => void = () => {},
): Promise<Result<Snapshot, Report>> {
  const opened = await Snapshot.open(folder, hashing);
  if (!opened.ok) return opened;
  const snapshot = opened.value;
  let place = 0;
  const sink = {next: () => ++place, node() {}, value() {}};
  const hash = (bytes: Uint8Array) => hashing.blockHash(bytes);
  const builder = new StateBuilder(hash, snapshot.block.decoded.stateRoot, sink);
  let rows = 0;
  for (let index = 0; index < snapshot.chunks; index++) {
    const chunk = await snapshot.chunk(index);
    if (!chunk.ok) return chunk;
    for (const row of chunk.value.rows) {
      const added = builder.add(row);
      if (!added.ok) return err(snapshot.wrong(index, added.error));
      if (row.kind !== "end") rows++;
    }
    const checked = builder.check(chunk.value.edge);
    if (!checked.ok) return err(snapshot.wrong(index, checked.error));
    const part = (index + 1) / snapshot.chunks;
    onProgress({rows, chunks: index + 1, ofChunks: snapshot.chunks, part});
  }
  const done = builder.finish();
  return done.ok ? ok(snapshot) : err(snapshot.wrong(snapshot.chunks, done.error));
}
