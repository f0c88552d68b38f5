import type {StorageKey} from "./externalities.ts";
import type {StateView} from "./state-view.ts";

/** Keys that begin with `prefix`, in order; with `after`, only those greater than it. */
export function* keysBelow(
  view: Pick<StateView, "has" | "nextKey">,
  prefix: StorageKey,
  after?: StorageKey,
): Generator<StorageKey> {
  const fromPrefix = after === undefined || after < prefix;
  if (fromPrefix && view.has(prefix)) yield prefix;
  let key = view.nextKey(fromPrefix ? prefix : after);
  while (key?.startsWith(prefix)) {
    yield key;
    key = view.nextKey(key);
  }
}
