import type {BinaryString} from "#base";
import {passingChildOf} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import type {NodeValue, TrieNode} from "./node.ts";
import type {TrieContext} from "./source.ts";

/**
 * Goes through the entries after a key (from the first on where there is none), in order, until `visit` says that it is enough;
 * false where it did. Nodes read on the way are not kept in memory.
 */
export function visitAfter(
  context: TrieContext,
  node: TrieNode,
  start: BinaryString | undefined,
  visit: (key: BinaryString, value: NodeValue) => boolean,
): boolean {
  if (node.kind === "leaf") {
    return start !== undefined && node.key <= start ? true : visit(node.key, node.value);
  }
  const {path, end, value, map} = node;
  let way = -1;
  let isAfter = true;
  if (start !== undefined) {
    const length = start.length * 2;
    const shared = Math.min(end, length);
    const split = firstDifference(start, path, node.start, shared);
    if (split < shared) isAfter = nibbleAt(path, split) > nibbleAt(start, split);
    else if (length > end) way = nibbleAt(start, end);
    else if (length === end) isAfter = true;
    if (!isAfter) return true;
    const isStart = way < 0 && length === end && split === shared;
    if (value !== undefined && way < 0 && !isStart && !visit(path, value)) return false;
  } else if (value !== undefined && !visit(path, value)) return false;
  for (let n = Math.max(way, 0); n < 16; n++) {
    if ((map & (1 << n)) === 0) continue;
    const child = passingChildOf(context, node, n);
    if (!visitAfter(context, child, n === way ? start : undefined, visit)) return false;
  }
  return true;
}
