import {err, ok} from "#base";
import {hash, method, optional} from "../../declare/index.ts";
import type {SnapshotQuestions} from "../../questions/snapshots.ts";
import {toHex} from "../../shapes/hex.ts";
import {snapshotError} from "../../shapes/snapshot-error.ts";

/** Ours: what a snapshot of a final block is of, and its block; the state stays meanwhile, for a minute after each question. */
export const khalaSnapshotHead = (snapshots: SnapshotQuestions) =>
  method({
    name: "khala_snapshotHead",
    unsafe: true,
    params: [optional("block", hash)],
    result: "{subject: {chain, block, codeHash, isProved}, block: hex of block.bin}",
    handle(_, block) {
      const head = snapshots.head(block);
      if (!head.ok) return err(snapshotError(head.error));
      return ok({subject: head.value.subject, block: toHex(head.value.block)});
    },
  });
