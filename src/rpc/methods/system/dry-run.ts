import {err, ok} from "#base";
import {decodeApplyAnswer, isWellFramed} from "#primitives";
import {queryDecodeError, readAnswer} from "../../access/runtime-query.ts";
import {bytes, hash, method, optional, param} from "../../declare/index.ts";
import type {DryRunQuestions} from "../../questions/dry-run.ts";
import {hexJson} from "../../shapes/hex.ts";

const FAILURE = "Unable to dry run extrinsic.";

/** What would become of an extrinsic in a block on top of another; nothing is kept of it. */
export const systemDryRun = (dryRun: DryRunQuestions) =>
  method({
    name: "system_dryRun",
    aliases: ["system_dryRunAt"],
    unsafe: true,
    params: [param("extrinsic", bytes), optional("at", hash)],
    result: "Bytes: SCALE of ApplyExtrinsicResult",
    handle({chain}, extrinsic, at) {
      if (!isWellFramed(extrinsic)) {
        return err(queryDecodeError(FAILURE, "not an extrinsic with its length prefix"));
      }
      const parent = at ?? chain.best().hash;
      const query = {
        name: "BlockBuilder_apply_extrinsic",
        result: asItCame,
        failure: FAILURE,
      };
      const applied = readAnswer(chain, parent, query, dryRun.apply(parent, extrinsic));
      return applied.ok ? ok(hexJson(applied.value)) : applied;
    },
  });

/** Errors of runtimes of other ages have other forms, which their own clients read. */
function asItCame(answer: Uint8Array) {
  const known = decodeApplyAnswer(answer);
  return known.ok ? ok(answer) : known;
}
