import {type BinaryString, err, ok, type Result} from "#base";
import type {Hash} from "#primitives";
import {type ChildName, childNameOf, type TrieView} from "#state";
import {stateAt, stateClientError} from "../../access/state-access.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import type {RpcError} from "../../json-rpc/rpc-error.ts";

/** The child trie whose root stands under a key; of the default kind, since there is no other. */
export function childName(key: BinaryString): Result<ChildName, RpcError> {
  const name = childNameOf(key);
  return name === undefined ? err(stateClientError("Invalid child storage key")) : ok(name);
}

/** To read from; one that is not there is empty. */
export function childTrie(
  {chain}: RpcContext,
  key: BinaryString,
  at: Hash | undefined,
): Result<TrieView, RpcError> {
  const name = childName(key);
  if (!name.ok) return name;
  const view = stateAt(chain, at ?? chain.best().hash);
  return view.ok ? ok(view.value.child(name.value)) : view;
}
