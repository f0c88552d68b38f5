import {bytesToHex, err, ok, type Report, type Result} from "#base";
import type {Hashing} from "#crypto";
import {CODE_KEY} from "#primitives";
import {StateBuilder} from "#trie";
import type {SnapshotProgress} from "./export-snapshot.ts";
import {badSnapshot} from "./failures.ts";
import {Snapshot} from "./read-snapshot.ts";

/**
 * Checks all of a snapshot: each file by its digest, each chunk against the state's root, the block against its header, the code that
 * it names against the one in the state. Not which chain it is of, and whether the block is one of it: only who has the chain can.
 */
export async function verifySnapshot(
  folder: string,
  hashing: Pick<Hashing, "blake2b256" | "blockHash">,
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
  let isInChild = false;
  let code: Uint8Array = new Uint8Array(0);
  for (let index = 0; index < snapshot.chunks; index++) {
    const chunk = await snapshot.chunk(index);
    if (!chunk.ok) return chunk;
    for (const row of chunk.value.rows) {
      isInChild = row.kind === "child" || (isInChild && row.kind !== "end");
      const added = builder.add(row);
      if (!added.ok) return err(snapshot.wrong(index, added.error));
      if (row.kind === "end") continue;
      rows++;
      if (row.key === CODE_KEY && !isInChild) code = row.value;
    }
    const checked = builder.check(chunk.value.edge);
    if (!checked.ok) return err(snapshot.wrong(index, checked.error));
    const part = (index + 1) / snapshot.chunks;
    onProgress({rows, chunks: index + 1, ofChunks: snapshot.chunks, part});
  }
  const done = builder.finish();
  if (!done.ok) return err(snapshot.wrong(snapshot.chunks, done.error));
  const {codeHash} = snapshot.manifest;
  const found = bytesToHex(hashing.blake2b256(code));
  if (found === codeHash) return ok(snapshot);
  const facts = [
    ["says", codeHash],
    ["in the state", found],
  ] as const;
  return err(badSnapshot(folder, "its manifest names another code than the state has", facts));
}
