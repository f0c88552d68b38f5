import {err, ok} from "#base";
import {Follow, TOO_MANY_FOLLOWS} from "../../chain-head/index.ts";
import {bool, param, subscription} from "../../declare/index.ts";
import {NEEDS_WEB_SOCKET} from "../../json-rpc/rpc-error.ts";

export const chainHeadFollow = subscription({
  name: "chainHead_v1_follow",
  unsubscribe: "chainHead_v1_unfollow",
  notification: "chainHead_v1_followEvent",
  unsubscribed: "null",
  params: [param("withRuntime", bool)],
  item: "event: initialized, newBlock, bestBlockChanged, finalized, operation…, stop",
  start({chain, runtimeEvents, connection}, sink, withRuntime) {
    if (connection === undefined) return err(NEEDS_WEB_SOCKET);
    const {follows} = connection;
    if (follows.isFull) return err(TOO_MANY_FOLLOWS);
    const follow = new Follow(withRuntime, {chain, runtimes: runtimeEvents, sink});
    follows.add(sink.id, follow);
    return ok(() => {
      follows.delete(sink.id);
      follow.close();
    });
  },
});
