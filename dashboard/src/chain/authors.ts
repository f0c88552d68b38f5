import type {HeaderJson} from "../contract/node-answers.ts";
import {status} from "../state/collator.ts";
import {slotOf} from "./digest.ts";
import {hasItem, readStorage, runtimeAt} from "./runtime.ts";

type Authors = readonly string[] | undefined;

/** Accounts in the order of their turns, by which session's end the block comes before. */
const sets = new Map<string, Promise<Authors>>();
const MOST_SETS = 200;

/** Whose turn it was to make a block: the set is that of before the block, as a session may change with it. */
export async function authorOf(header: HeaderJson): Promise<string | undefined> {
  const slot = slotOf(header);
  const authors = await setOf(header);
  return slot === undefined ? undefined : authors?.[slot % authors.length];
}

/** Who took turns when this block was made; undefined where the chain does not publish it. */
export function setOf(header: HeaderJson): Promise<Authors> {
  const name = setName(header);
  const found = sets.get(name);
  if (found !== undefined) return found;
  const read = readAuthors(header.parentHash);
  if (sets.size >= MOST_SETS) sets.clear();
  sets.set(name, read);
  read.catch(() => sets.delete(name));
  return read;
}

/** One for all blocks of a session where it is known when sessions end, and one for each block where it is not. */
function setName({number, parentHash}: HeaderJson): string {
  const {index, period, nextRotationBlock} = status.peek()?.session ?? {};
  if (typeof index !== "number" || !period || typeof nextRotationBlock !== "number") {
    return parentHash;
  }
  return String(Math.ceil((Number(number) - nextRotationBlock) / period) + index);
}

/** Each account has the key in the same place; where there are more of one, nobody knows whose key is whose. */
async function readAuthors(block: string): Promise<Authors> {
  const runtime = await runtimeAt(block);
  const isPublished = hasItem(runtime, "Session", "Validators");
  if (!isPublished || !hasItem(runtime, "Aura", "Authorities")) return undefined;
  const [authors, keys] = await Promise.all([
    readStorage<readonly string[]>(["Session", "Validators"], {block}),
    readStorage<readonly unknown[]>(["Aura", "Authorities"], {block}),
  ]);
  return authors.length === keys.length ? authors : undefined;
}
