import {err, ok} from "#base";
import {callErrorData, callFailureText} from "../../access/call-failure-text.ts";
import {hash, method, param} from "../../declare/index.ts";
import type {CheckedWeight, ReplayQuestions} from "../../questions/replay.ts";

/** The code of a block whose parent's state is gone: the same as `dev_getBlockStats` has. */
const BLOCK_EXECUTION_FAILED = 6_003;

/** Ours: has a parachain's own runtime judge a block by its proof, as a relay chain's validators do. */
export const khalaCheckBlock = (replay: ReplayQuestions) =>
  method({
    name: "khala_checkBlock",
    unsafe: true,
    params: [param("block", hash)],
    result:
      "{number, verdict: valid | refused | not-judged, code?, reason?, proofSize?: bytes, weight?: {refTime, proofSize?, maxRefTime?, maxProofSize?} as texts, executedIn?: ms, judgedIn?: ms}, where null is what is not known | null for a block not known",
    handle({chain}, block) {
      const checked = replay.check(block);
      if (checked === undefined) return ok(null);
      if (!checked.ok) {
        const message = `Block not checked: ${callFailureText(chain, block, checked.error)}`;
        return err({
          code: BLOCK_EXECUTION_FAILED,
          message,
          ...callErrorData(chain, block, checked.error),
        });
      }
      const {number, verdict, why, proofSize, weight, executedIn, judgedIn} = checked.value;
      return ok({
        number,
        verdict,
        code: why?.code ?? null,
        reason: why?.reason ?? null,
        proofSize: proofSize ?? null,
        weight: weight === undefined ? null : weightJson(weight),
        executedIn: executedIn ?? null,
        judgedIn: judgedIn ?? null,
      });
    },
  });

const text = (number: bigint | undefined): string | null =>
  number === undefined ? null : String(number);

const weightJson = (weight: CheckedWeight) => ({
  refTime: text(weight.refTime),
  proofSize: text(weight.proofSize),
  maxRefTime: text(weight.maxRefTime),
  maxProofSize: text(weight.maxProofSize),
});
