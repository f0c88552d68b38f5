import {binaryToHex, hex} from "#base";
import {type EventList, findItem, readEvents, storageKey} from "#description";
import type {Ask} from "../rpc-client.ts";
import type {ChainRuntime} from "./chain-runtime.ts";

/** What happened in a block, as far as the description reads it; undefined where the chain tells of nothing. */
export async function askEvents(
  ask: Ask,
  {description, hashing}: ChainRuntime,
  hash: string,
): Promise<EventList | undefined> {
  const item = findItem(description, "System.Events");
  const key = item && storageKey(item, [], hashing);
  if (!key?.ok) return undefined;
  const bytes = (await ask("state_getStorage", binaryToHex(key.value), hash)) as string | null;
  const read = bytes === null ? undefined : readEvents(description, hex(bytes));
  return read?.ok ? read.value : undefined;
}
