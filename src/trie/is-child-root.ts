import type {BinaryString} from "#base";
import {DEFAULT_CHILD_PREFIX} from "#primitives";

/** The length of a root. */
const ROOT_LENGTH = 32;

/** Whether an entry of a state is the root of a child trie. */
export function isChildRoot(key: BinaryString, value: unknown): value is Uint8Array {
  return (
    key.startsWith(DEFAULT_CHILD_PREFIX) &&
    value instanceof Uint8Array &&
    value.length === ROOT_LENGTH
  );
}
