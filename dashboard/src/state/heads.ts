import {computed} from "@preact/signals";
import type {HeaderJson} from "../contract/node-answers.ts";
import {live} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

export const bestHead = live<HeaderJson>(node, {
  method: "chain_subscribeNewHeads",
  unsubscribe: "chain_unsubscribeNewHeads",
});

export const finalHead = live<HeaderJson>(node, {
  method: "chain_subscribeFinalizedHeads",
  unsubscribe: "chain_unsubscribeFinalizedHeads",
});

const heightOf = (header: HeaderJson | undefined): number | undefined =>
  header === undefined ? undefined : Number(header.number);

export const bestNumber = computed(() => heightOf(bestHead.value));
export const finalNumber = computed(() => heightOf(finalHead.value));

/** Asks where the node has not told yet, or refuses to. */
export const bestHeight = async (): Promise<number> =>
  heightOf(bestHead.peek() ?? (await node.call<HeaderJson>("chain_getHeader")))!;

export async function finalHeight(): Promise<number> {
  const told = finalHead.peek();
  if (told !== undefined) return heightOf(told)!;
  const hash = await node.call<string>("chain_getFinalizedHead");
  return heightOf(await node.call<HeaderJson>("chain_getHeader", [hash]))!;
}
