import type {BlockJson} from "../contract/node-answers.ts";
import {node} from "../rpc/node.ts";
import {eventsAt, failureOf} from "./events.ts";
import {hashOf} from "./extrinsic.ts";
import {runtimeAt} from "./runtime.ts";

/**
 * Why the call of a transaction, or one that it carries, failed in its block, by the block's events; undefined where none
 * did.
 */
export async function callFailureIn(
  block: string,
  transaction: string,
): Promise<string | undefined> {
  const found = await node.call<BlockJson | null>("chain_getBlock", [block]);
  const index = found?.block.extrinsics.findIndex(each => hashOf(each) === transaction) ?? -1;
  if (found === null || index < 0) throw new Error("the node has no such transaction in its block");
  // A block is encoded by the runtime that its parent left.
  const runtime = await runtimeAt(found.block.header.parentHash);
  const events = await eventsAt(block, runtime);
  return failureOf(events, index);
}
