import {ok} from "#base";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const authorPendingExtrinsics = method({
  name: "author_pendingExtrinsics",
  params: [],
  result: "[Bytes]: those that could be in the next block",
  handle: ({pool}) => ok(Array.from(pool.ready(), ({bytes}) => toHex(bytes))),
});
