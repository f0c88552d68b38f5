import type {BinaryString, Result} from "#base";
import {err, ok} from "#base";
import type {Hash} from "#primitives";
import {stateAt, stateClientError} from "../../access/state-access.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import type {RpcError} from "../../json-rpc/rpc-error.ts";

/** Of the only kind of child trie there is. */
const DEFAULT_CHILD = ":child_storage:default:";

/**
 * Checks what a client says of a child trie. No pallet of ours makes one, so each that is asked for is empty: what is
 * left to tell is a key that names none, or a block that is not known.
 */
export function emptyChildTrie(
  {chain}: RpcContext,
  child: BinaryString,
  at: Hash | undefined,
): Result<void, RpcError> {
  if (!child.startsWith(DEFAULT_CHILD)) {
    return err(stateClientError("Invalid child storage key"));
  }
  const view = stateAt(chain, at ?? chain.best().hash);
  return view.ok ? ok() : view;
}
