import {ok} from "#base";
import {method, param, u32} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const archiveHashByHeight = method({
  name: "archive_v1_hashByHeight",
  params: [param("height", u32)],
  result:
    "[Hash]: one up to the last final block, those of all forks above it, none where no block is",
  handle({chain}, height) {
    if (height > chain.finalized().number) return ok(chain.hashesAt(height).map(toHex));
    const block = chain.hashOf(height);
    return ok(block === undefined ? [] : [toHex(block)]);
  },
});
