import {type BinaryString, err, ok} from "#base";
import type {Hash} from "#primitives";
import type {StateView} from "#state";
import {stateAt} from "../../access/state-access.ts";
import {valuesOf} from "../../access/values-of.ts";
import type {ItemSink, Started} from "../../declare/index.ts";
import {listOf, optional, storageKey, subscription} from "../../declare/index.ts";
import {invalidParams, responseTooBig, unsafeCall} from "../../json-rpc/rpc-error.ts";
import type {RpcContext} from "../../rpc-context.ts";
import {type StorageChange, storageChangeSet} from "../../shapes/storage-change-set.ts";

/** Substrate's refusal of "all keys" goes by the general code, not by that of the group (spec/rpc §1). */
const UNSAFE_WITHOUT_KEYS = unsafeCall("subscribe all");

/** Of one connection, over all its subscriptions: each costs memory for as long as it lasts. */
const MOST_FOLLOWED = 32_768;

export const stateSubscribeStorage = subscription({
  name: "state_subscribeStorage",
  unsubscribe: "state_unsubscribeStorage",
  notification: "state_storage",
  params: [optional("keys", listOf(storageKey))],
  item: "StorageChangeSet: all keys at the best block, then per best block those that changed; without keys, what changed of the whole state",
  start(context, sink, given) {
    const {chain, storageWatch, connection, unsafeAllowed} = context;
    if (given === undefined) {
      if (!unsafeAllowed) return err(UNSAFE_WITHOUT_KEYS);
      return ok(
        storageWatch.follow(undefined, (block, changes) => {
          sink.send(storageChangeSet(block, changes));
        }),
      );
    }
    const keys = new Set(given);
    const followed = (connection?.followedKeys ?? 0) + keys.size;
    if (followed > MOST_FOLLOWED) {
      return err(
        invalidParams(`keys: this connection would follow ${followed}, at most ${MOST_FOLLOWED}`),
      );
    }
    const {hash} = chain.best();
    const view = stateAt(chain, hash);
    return view.ok ? follow(keys, {hash, view: view.value}, sink, context) : view;
  },
});

/** First all values, then what changes; what does so while they are being read waits for them. */
async function follow(
  keys: ReadonlySet<BinaryString>,
  {hash, view}: {readonly hash: Hash; readonly view: StateView},
  sink: ItemSink,
  {storageWatch, connection, turn, maxResponseBytes}: RpcContext,
): Promise<Started> {
  if (connection !== undefined) connection.followedKeys += keys.size;
  let waiting: [Hash, readonly StorageChange[]][] | undefined = [];
  const unfollow = storageWatch.follow(keys, (block, changes) => {
    if (waiting === undefined) sink.send(storageChangeSet(block, changes));
    else waiting.push([block, changes]);
  });
  const stop = () => {
    if (connection !== undefined) connection.followedKeys -= keys.size;
    unfollow();
  };
  const limit = maxResponseBytes;
  const values = await valuesOf(keys, view, {turn: turn(), limit}).catch((error: unknown) => {
    stop();
    throw error;
  });
  if (values === undefined) {
    stop();
    return err(responseTooBig(maxResponseBytes));
  }
  sink.send(storageChangeSet(hash, values));
  for (const [block, changes] of waiting) sink.send(storageChangeSet(block, changes));
  waiting = undefined;
  return ok(stop);
}
