import {err, ok} from "#base";
import {encode} from "#codec";
import {applyExtrinsicResult, isWellFramed} from "#primitives";
import {queryDecodeError, queryRuntime} from "../../access/runtime-query.ts";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import {hexJson} from "../../shapes/hex.ts";

const FAILURE = "Unable to dry run extrinsic.";

/** Applies an extrinsic to the state after a block and keeps nothing of it. */
export const systemDryRun = method({
  name: "system_dryRun",
  aliases: ["system_dryRunAt"],
  unsafe: true,
  params: [param("extrinsic", bytes), optional("at", hash)],
  result: "Bytes: SCALE of ApplyExtrinsicResult",
  handle({chain}, extrinsic, at) {
    if (!isWellFramed(extrinsic)) {
      return err(queryDecodeError(FAILURE, "not an extrinsic with its length prefix"));
    }
    const applied = queryRuntime(chain, at ?? chain.best().hash, {
      name: "BlockBuilder_apply_extrinsic",
      args: extrinsic,
      result: applyExtrinsicResult,
      failure: FAILURE,
    });
    return applied.ok ? ok(hexJson(encode(applyExtrinsicResult, applied.value))) : applied;
  },
});
