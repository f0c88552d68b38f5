import {ok} from "#base";
import {hash, method, param} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const archiveBody = method({
  name: "archive_v1_body",
  params: [param("hash", hash)],
  result: "[Bytes]: the extrinsics | null",
  handle: ({chain}, block) => ok(chain.body(block)?.map(toHex) ?? null),
});
