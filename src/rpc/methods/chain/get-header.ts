import {ok} from "#base";
import {hash, method, optional} from "../../declare/index.ts";

export const chainGetHeader = method({
  name: "chain_getHeader",
  params: [optional("hash", hash)],
  result: "Header | null",
  handle: ({chain, blockJson}, block) => ok(blockJson.header(block ?? chain.best().hash)),
});
