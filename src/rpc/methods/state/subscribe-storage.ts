import {type BinaryString, err, ok} from "#base";
import type {Hash} from "#primitives";
import type {StateView} from "#state";
import {stateAt} from "../../access/state-access.ts";
import {valuesOf} from "../../access/values-of.ts";
import {walk} from "../../access/walk.ts";
import type {Connection} from "../../context/connection.ts";
import type {RpcContext} from "../../context/rpc-context.ts";
import type {ItemSink, Started} from "../../declare/index.ts";
import {listOf, optional, storageKey, subscription} from "../../declare/index.ts";
import {invalidParams, responseTooBig, SERVER_BUSY, unsafeCall} from "../../json-rpc/rpc-error.ts";
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
    if (!view.ok) return view;
    if (!holdKeys(keys, connection)) return err(SERVER_BUSY);
    return follow(keys, {hash, view: view.value}, sink, context);
  },
});

/** What following a key costs beside its bytes: its places in two maps, and a list of who follows it. */
const COST_OF_KEY = 512;

const costOf = (keys: ReadonlySet<BinaryString>): number => {
  let cost = 0;
  for (const key of keys) cost += COST_OF_KEY + key.length;
  return cost;
};

/** False when all clients together follow as much as they may. */
function holdKeys(keys: ReadonlySet<BinaryString>, connection: Connection | undefined): boolean {
  const held = connection?.followedBytes;
  if (held !== undefined && !held.resize(held.amount + costOf(keys))) return false;
  if (connection !== undefined) connection.followedKeys += keys.size;
  return true;
}

function letGoOf(keys: ReadonlySet<BinaryString>, connection: Connection | undefined): void {
  if (connection === undefined) return;
  connection.followedKeys -= keys.size;
  const {followedBytes} = connection;
  followedBytes.resize(followedBytes.amount - costOf(keys));
}

/** First all values, then what changes; what does so while they are being read waits for them. */
async function follow(
  keys: ReadonlySet<BinaryString>,
  {hash, view}: {readonly hash: Hash; readonly view: StateView},
  sink: ItemSink,
  context: RpcContext,
): Promise<Started> {
  const {storageWatch, connection, maxResponseBytes: limit} = context;
  let waiting: [Hash, readonly StorageChange[]][] | undefined = [];
  const unfollow = storageWatch.follow(keys, (block, changes) => {
    if (waiting === undefined) sink.send(storageChangeSet(block, changes));
    else waiting.push([block, changes]);
  });
  const stop = () => {
    letGoOf(keys, connection);
    unfollow();
  };
  // The first answer may be as large as any, so it has its turn among those.
  const sent = await walk(context, async turn => {
    const values = await valuesOf(keys, view, {turn, limit});
    if (values === undefined) return err(responseTooBig(limit));
    return ok(sink.send(storageChangeSet(hash, values)));
  }).catch((error: unknown) => {
    stop();
    throw error;
  });
  if (!sent.ok) {
    stop();
    return sent;
  }
  for (const [block, changes] of waiting) sink.send(storageChangeSet(block, changes));
  waiting = undefined;
  return ok(stop);
}
