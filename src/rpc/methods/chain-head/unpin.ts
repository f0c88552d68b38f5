import {bytesToBinary, err, ok} from "#base";
import {BLOCK_NOT_PINNED, DUPLICATE_HASHES} from "../../chain-head/index.ts";
import {hash, method, oneOrMany, param, text} from "../../declare/index.ts";

/** Of several all are let go or none. Operations on them go on. */
export const chainHeadUnpin = method({
  name: "chainHead_v1_unpin",
  params: [param("followSubscription", text), param("hashOrHashes", oneOrMany(hash))],
  result: "null",
  handle({connection}, id, blocks) {
    const follow = connection?.follows.get(id);
    if (follow === undefined) return ok(null);
    if (new Set(blocks.map(bytesToBinary)).size < blocks.length) return err(DUPLICATE_HASHES);
    return follow.unpin(blocks) ? ok(null) : err(BLOCK_NOT_PINNED);
  },
});
