import {err, ok} from "#base";
import {decode, struct} from "#codec";
import type {GivenBlock} from "#core";
import {body, type Hash, header} from "#primitives";
import {callErrorData, callFailureText} from "../../access/call-failure-text.ts";
import {bytes, method, param, type Reader} from "../../declare/index.ts";
import type {CheckedWeight, ReplayQuestions} from "../../questions/replay.ts";

/** The code of a block whose parent's state is gone: the same as `dev_getBlockStats` has. */
const BLOCK_EXECUTION_FAILED = 6_003;

/** Header and body in SCALE, as runtimes take them. */
const block = struct({header, body});
const given: Reader<{readonly hash: Hash} | {readonly block: GivenBlock}> = {
  expected: "0x-prefixed hex of 32 bytes, or of a block in SCALE: header and extrinsics",
  schema: bytes.schema,
  read(json) {
    const read = bytes.read(json);
    if (read === undefined) return undefined;
    if (read.length === HASH_LENGTH) return {hash: read};
    const decoded = decode(block, read);
    return decoded.ok ? {block: decoded.value as GivenBlock} : undefined;
  },
};
const HASH_LENGTH = 32;

/**
 * Ours: has a parachain's own runtime judge a block by its proof, as a relay chain's validators do: one that is kept by its hash, or
 * any on a parent whose state is.
 */
export const khalaCheckBlock = (replay: ReplayQuestions) =>
  method({
    name: "khala_checkBlock",
    unsafe: true,
    params: [param("block", given)],
    result:
      "{number, verdict: valid | refused | not-judged, code?, reason?, proofSize?: bytes, weight?: {refTime, proofSize?, maxRefTime?, maxProofSize?} as texts, executedIn?: ms, judgedIn?: ms}, where null is what is not known | null for a block not known",
    handle({chain}, asked) {
      const checked = "hash" in asked ? replay.check(asked.hash) : replay.checkGiven(asked.block);
      if (checked === undefined) return ok(null);
      if (!checked.ok) {
        const block = "hash" in asked ? asked.hash : asked.block.header.parentHash;
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
