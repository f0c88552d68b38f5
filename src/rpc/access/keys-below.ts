import type {BinaryString} from "#base";
import type {StateView} from "#state";

/** Keys that begin with `prefix`, in order; with `after`, only those greater than it. */
export function* keysBelow(
  view: StateView,
  prefix: BinaryString,
  after?: BinaryString,
): Generator<BinaryString> {
  const fromPrefix = after === undefined || after < prefix;
  if (fromPrefix && view.has(prefix)) yield prefix;
  let key = view.nextKey(fromPrefix ? prefix : after);
  while (key?.startsWith(prefix)) {
    yield key;
    key = view.nextKey(key);
  }
}
