import {ok} from "#base";
import {method} from "../../declare/index.ts";
import {toHex} from "../../shapes/hex.ts";

export const archiveGenesisHash = method({
  name: "archive_v1_genesisHash",
  params: [],
  result: "Hash",
  handle: ({chain}) => ok(toHex(chain.genesisHash)),
});
