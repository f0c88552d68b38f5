import {err, ok, type Result} from "#base";
import type {Hashing} from "#crypto";
import type {CallFailure, ReplayBackend} from "#rpc";
import type {ApiFailure, RuntimeHost} from "#runtime-api";
import type {Blockchain} from "../chain/blockchain.ts";
import {blockStats} from "../replay/block-stats.ts";
import {pastBlock} from "../replay/past-block.ts";
import {traceBlock} from "../replay/trace.ts";

/** Executes blocks once more, for those who want to know how they went. */
export function createReplayBackend(
  chain: Blockchain,
  rest: Omit<RuntimeHost, "state">,
  hashing: Hashing,
): ReplayBackend {
  return {
    trace(hash) {
      const block = pastBlock(chain, hash);
      return block?.ok ? answered(traceBlock(block.value, rest)) : block;
    },
    stats(hash) {
      const block = pastBlock(chain, hash);
      const sealed = chain.headerBytes(hash)?.length ?? 0;
      return block?.ok ? answered(blockStats(block.value, sealed, rest, hashing)) : block;
    },
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
