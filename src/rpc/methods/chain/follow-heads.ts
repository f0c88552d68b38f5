import {invariant, ok} from "#base";
import type {RpcContext} from "../../context/rpc-context.ts";
import type {ItemSink, Started} from "../../declare/index.ts";
import type {BlockRef, Stop} from "../../questions/chain.ts";

/** The header of the current block at once, then of every block that `feed` tells of. */
export function followHeads(
  {blockJson}: RpcContext,
  sink: ItemSink,
  current: BlockRef,
  feed: (listener: (block: BlockRef) => void) => Stop,
): Started {
  const send = ({hash}: BlockRef) => {
    const header = blockJson.header(hash);
    invariant(header !== undefined, "a block told of can be read");
    sink.send(header);
  };
  send(current);
  return ok(feed(send));
}
