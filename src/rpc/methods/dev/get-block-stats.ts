import {err, ok} from "#base";
import {callErrorData, callFailureText} from "../../access/call-failure-text.ts";
import {hash, method, param} from "../../declare/index.ts";
import type {ReplayQuestions} from "../../questions/replay.ts";

/** The code of a block that does not execute again (spec/rpc §1: the dev group begins with 6000). */
const BLOCK_EXECUTION_FAILED = 6_003;

export const devGetBlockStats = (replay: ReplayQuestions) =>
  method({
    name: "dev_getBlockStats",
    unsafe: true,
    params: [param("block", hash)],
    result: "{witnessLen, witnessCompactLen, blockLen, numExtrinsics} | null",
    handle({chain}, block) {
      const stats = replay.stats(block);
      if (stats === undefined) return ok(null);
      if (!stats.ok) {
        const message = `Block not executed: ${callFailureText(chain, block, stats.error)}`;
        return err({
          code: BLOCK_EXECUTION_FAILED,
          message,
          ...callErrorData(chain, block, stats.error),
        });
      }
      const {witnessSize, compactWitnessSize, blockSize, extrinsics} = stats.value;
      return ok({
        witnessLen: witnessSize,
        witnessCompactLen: compactWitnessSize,
        blockLen: blockSize,
        numExtrinsics: extrinsics,
      });
    },
  });
