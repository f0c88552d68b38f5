import {EMPTY_BYTES, err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import type {StateView, StorageKey} from "#state";
import type {RpcError} from "../json-rpc/rpc-error.ts";
import type {ChainQuestions} from "../questions/chain.ts";
import {
  callErrorData,
  callFailureText,
  unknownBlockData,
  unknownBlockText,
} from "./call-failure-text.ts";

/** The catch-all of the state group (spec/rpc §1). */
export const stateClientError = (text: string): RpcError => ({
  code: 4_003,
  message: `Client error: ${text}`,
});

/**
 * The state after a block. `wanted`: what is to be read of it, keys or what they begin with; where the state is gone that may
 * still be there.
 */
export function stateAt(
  chain: ChainQuestions,
  block: Hash,
  wanted: readonly StorageKey[] = [],
): Result<StateView, RpcError> {
  const view = chain.state(block) ?? keptPartAt(chain, block, wanted);
  if (view !== undefined) return ok(view);
  const error = stateClientError(unknownBlockText(chain, block));
  return err({...error, ...unknownBlockData(chain, block)});
}

/** What is left of a state that is gone, if all that is wanted is in it. */
export function keptPartAt(
  chain: ChainQuestions,
  block: Hash,
  wanted: readonly StorageKey[],
): StateView | undefined {
  if (wanted.length === 0) return undefined;
  const part = chain.keptPart(block);
  return part !== undefined && wanted.every(key => part.holds(key)) ? part : undefined;
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
  return err({...error, ...callErrorData(chain, block, called.error)});
}
