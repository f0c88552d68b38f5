import {EMPTY_BYTES, err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import type {StateView} from "#state";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {ChainQuestions} from "../questions/chain.ts";
import {callFailureData, callFailureText, unknownBlockText} from "./call-failure-text.ts";

/** The catch-all of the state group (spec/rpc §1). */
export const stateClientError = (text: string): RpcError => ({
  code: 4_003,
  message: `Client error: ${text}`,
});

/** The state after a block. */
export function stateAt(chain: ChainQuestions, block: Hash): Result<StateView, RpcError> {
  const view = chain.state(block);
  return view === undefined ? err(stateClientError(unknownBlockText(chain, block))) : ok(view);
}

/** A runtime call whose failure is worded as the state group words it. */
export function callState(
  chain: ChainQuestions,
  block: Hash,
  name: string,
  args: Uint8Array = EMPTY_BYTES,
): Result<Uint8Array, RpcError> {
  const called = chain.call(block, name, args);
  if (called.ok) return called;
  const error = stateClientError(callFailureText(chain, block, called.error));
  return err({...error, ...callFailureData(called.error)});
}
