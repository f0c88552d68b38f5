import {err, ok, type Result} from "#base";
import type {Blockchain} from "#core";
import {blockStats, pastBlock, traceBlock} from "#core";
import type {CryptoSuite} from "#crypto";
import type {CallFailure, ReplayQuestions} from "#rpc";
import type {ApiFailure, RuntimeHost} from "#runtime-api";

import {checkBlock, checkGivenBlock} from "./check-block.ts";

/** Executes blocks once more, for those who want to know how they went. */
export function createReplayAnswers(
  chain: Blockchain,
  rest: Omit<RuntimeHost, "state">,
  {hashing}: Pick<CryptoSuite, "hashing">,
): ReplayQuestions {
  return {
    trace(hash) {
      const block = pastBlock(chain, hash);
      return block?.ok ? answered(traceBlock(block.value, rest)) : block;
    },
    stats(hash) {
      const block = pastBlock(chain, hash);
      const sealed = chain.headerBytes(hash)?.length ?? 0;
      return block?.ok ? answered(blockStats(block.value, sealed, rest)) : block;
    },
    check: hash => checkBlock(chain, hash, {rest, hashing}),
    checkGiven: block => checkGivenBlock(chain, block, {rest, hashing}),
    proofSize: hash => chain.bytesOfProof(hash),
  };
}

function answered<T>(result: Result<T, ApiFailure>): Result<T, CallFailure> {
  if (result.ok) return ok(result.value);
  const {error} = result;
  return err(
    error.code === "answer-invalid"
      ? {code: "trap", name: error.name, message: "the runtime's answer does not decode"}
      : error,
  );
}
