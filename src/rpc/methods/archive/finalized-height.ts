import {ok} from "#base";
import {method} from "../../declare/index.ts";

export const archiveFinalizedHeight = method({
  name: "archive_v1_finalizedHeight",
  params: [],
  result: "number, which never falls",
  handle: ({chain}) => ok(chain.finalized().number),
});
