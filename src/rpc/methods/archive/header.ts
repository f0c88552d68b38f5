import {ok} from "#base";
import {hash, method, param} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

export const archiveHeader = method({
  name: "archive_v1_header",
  params: [param("hash", hash)],
  result: "Bytes: SCALE of the header | null",
  handle({chain}, block) {
    const header = chain.header(block);
    return ok(header === undefined ? null : hexJson(header));
  },
});
