import {err, ok} from "#base";
import {BLOCK_NOT_PINNED} from "../../chain-head/index.ts";
import {hash, method, param, text} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

export const chainHeadHeader = method({
  name: "chainHead_v1_header",
  params: [param("followSubscription", text), param("hash", hash)],
  result: "Bytes: SCALE of the header | null when the follow is over",
  handle({chain, connection}, id, block) {
    const follow = connection?.follows.get(id);
    if (follow === undefined) return ok(null);
    if (!follow.isPinned(block)) return err(BLOCK_NOT_PINNED);
    const header = chain.header(block);
    return ok(header === undefined ? null : hexJson(header));
  },
});
