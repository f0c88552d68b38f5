import type {BinaryString} from "#base";
import {childOf} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {referenceAt, referenceSize, type TrieNode} from "./node.ts";
import {endOf, pathOf} from "./outline.ts";
import type {TrieContext} from "./source.ts";

/**
 * How its parent refers to the highest node at or below `key`: by its hash, or by its encoding where that is the
 * shorter. The top counts by the root. Undefined where no key begins with `key`. The trie has to be sealed.
 */
export function closestMerkleValue(
  context: TrieContext,
  top: TrieNode,
  root: Uint8Array,
  key: BinaryString,
): Uint8Array | undefined {
  const length = key.length * 2;
  let node = top;
  let value = root;
  for (;;) {
    const end = endOf(node);
    const shared = Math.min(end, length);
    if (firstDifference(key, pathOf(node), node.start, shared) !== shared) return undefined;
    if (end >= length) return value;
    if (node.kind === "leaf") return undefined;
    const nibble = nibbleAt(key, end);
    if ((node.map & (1 << nibble)) === 0) return undefined;
    const at = referenceAt(node, nibble);
    value = node.record.slice(at + 1, at + referenceSize(node.record, at));
    node = childOf(context, node, nibble);
  }
}
