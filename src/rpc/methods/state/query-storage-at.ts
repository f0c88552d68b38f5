import {err, ok} from "#base";
import {stateAt} from "../../access/state-access.ts";
import {valuesOf} from "../../access/values-of.ts";
import {walk} from "../../access/walk.ts";
import type {Turn} from "../../budgets/turn.ts";
import {hash, listOf, method, optional, param, storageKey} from "../../declare/index.ts";
import {responseTooBig} from "../../json-rpc/rpc-error.ts";
import {storageChangeSet} from "../../shapes/storage-change-set.ts";

/** As many as are read before anybody could miss a turn. */
const FEW = 256;

export const stateQueryStorageAt = method({
  name: "state_queryStorageAt",
  params: [param("keys", listOf(storageKey)), optional("at", hash)],
  result: "[one StorageChangeSet], keys in the order of the request",
  handle(context, keys, at) {
    const {chain, maxResponseBytes: limit} = context;
    const block = at ?? chain.best().hash;
    const view = stateAt(chain, block, keys);
    if (!view.ok) return view;
    if (keys.length <= FEW) {
      return ok([
        storageChangeSet(
          block,
          keys.map(key => [key, view.value.get(key)]),
        ),
      ]);
    }
    const values = async (turn: Turn) => {
      const changes = await valuesOf(keys, view.value, {turn, limit});
      return changes === undefined
        ? err(responseTooBig(limit))
        : ok([storageChangeSet(block, changes)]);
    };
    return walk(context, values, chain.pin(block));
  },
});
