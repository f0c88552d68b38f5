import type {HeaderJson} from "../contract/node-answers.ts";
import {status} from "../state/collator.ts";
import {slotOf} from "./digest.ts";
import {readStorage} from "./runtime.ts";

/** Accounts in the order of their turns, by which session's end the block comes before. */
const sets = new Map<string, Promise<readonly string[]>>();
const MOST_SETS = 200;

/** Whose turn it was to make a block: the set is that of before the block, as a session may change with it. */
export async function authorOf(header: HeaderJson): Promise<string | undefined> {
  const slot = slotOf(header);
  const authors = await setOf(header);
  return slot === undefined ? undefined : authors[slot % authors.length];
}

/** Who took turns when this block was made. */
export function setOf({number, parentHash}: HeaderJson): Promise<readonly string[]> {
  const session = status.peek()?.session;
  const name =
    session === undefined
      ? parentHash
      : String(
          Math.ceil((Number(number) - session.nextRotationBlock) / session.period) + session.index,
        );
  const found = sets.get(name);
  if (found !== undefined) return found;
  const read = readStorage<readonly string[]>(["Session", "Validators"], parentHash);
  if (sets.size >= MOST_SETS) sets.clear();
  sets.set(name, read);
  read.catch(() => sets.delete(name));
  return read;
}
