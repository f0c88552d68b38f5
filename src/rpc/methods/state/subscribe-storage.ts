import {err, ok} from "#base";
import {ChangedValues} from "../../access/changed-values.ts";
import {stateAt} from "../../access/state-access.ts";
import type {BlockRef} from "../../backend/index.ts";
import {listOf, optional, storageKey, subscription} from "../../declare/index.ts";
import {invalidParams, unsafeCall} from "../../json-rpc/rpc-error.ts";
import {storageChangeSet} from "../../shapes/storage-change-set.ts";

/** Substrate's refusal of "all keys" goes by the general code, not by that of the group (spec/rpc §1). */
const UNSAFE_WITHOUT_KEYS = unsafeCall("subscribe all");

export const stateSubscribeStorage = subscription({
  name: "state_subscribeStorage",
  unsubscribe: "state_unsubscribeStorage",
  notification: "state_storage",
  params: [optional("keys", listOf(storageKey))],
  item: "StorageChangeSet: all keys at the best block, then per best block those that changed",
  start({chain, unsafeAllowed}, sink, keys) {
    if (keys === undefined) {
      return err(
        unsafeAllowed
          ? invalidParams("keys: this node follows named keys only, not the whole state")
          : UNSAFE_WITHOUT_KEYS,
      );
    }
    const values = new ChangedValues(keys);
    const best = chain.best();
    const view = stateAt(chain, best.hash);
    if (!view.ok) return view;
    sink.send(storageChangeSet(best.hash, values.next(view.value)));
    return ok(
      chain.onBest(({hash}: BlockRef) => {
        const state = chain.state(hash);
        const changes = state === undefined ? [] : values.next(state);
        if (changes.length > 0) sink.send(storageChangeSet(hash, changes));
      }),
    );
  },
});
