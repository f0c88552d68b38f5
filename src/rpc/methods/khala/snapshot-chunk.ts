import {binaryToHex, err, ok} from "#base";
import type {StateStart} from "#state";
import {hash, listOf, method, param, storageKey} from "../../declare/index.ts";
import {invalidParams} from "../../json-rpc/rpc-error.ts";
import type {SnapshotQuestions} from "../../questions/snapshots.ts";
import {toHex} from "../../shapes/hex.ts";
import {snapshotError} from "../../shapes/snapshot-error.ts";

/** Ours: the next file of a snapshot's state. `start`: nothing at first, then what the answer before said. */
export const khalaSnapshotChunk = (snapshots: SnapshotQuestions) =>
  method({
    name: "khala_snapshotChunk",
    unsafe: true,
    params: [param("block", hash), param("start", listOf(storageKey))],
    result: "{chunk: hex of state-NNNNNN.br, rows, unpacked, next, isComplete}",
    async handle(_, block, start) {
      if (start.length > 2) return err(invalidParams("start: at most two keys"));
      const chunk = await snapshots.chunk(block, start as readonly string[] as StateStart);
      if (!chunk.ok) return err(snapshotError(chunk.error));
      const {bytes, next, ...counts} = chunk.value;
      return ok({chunk: toHex(bytes), ...counts, next: next.map(binaryToHex)});
    },
  });
