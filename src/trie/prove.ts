import {type BinaryString, bytesToBinary} from "#base";
import {childOf, valueBytes} from "./load.ts";
import {firstDifference, nibbleAt} from "./nibbles.ts";
import {HashedValue, referenceAt, type TrieNode} from "./node.ts";
import {SHORTEST_HASHED, sealedEncoding} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/**
 * The encoded nodes on the paths of `keys`, present or absent, each once, those that stand inside their parent
 * left out; values kept outside their nodes follow as items of their own.
 */
export function proveKeys(
  context: TrieContext,
  top: TrieNode,
  rootHash: Uint8Array,
  keys: Iterable<BinaryString>,
): Uint8Array[] {
  const items = new Map<BinaryString, Uint8Array>();
  items.set(bytesToBinary(rootHash), sealedEncoding(context, top));
  for (const key of keys) addPath(context, top, key, items);
  return [...items.values()];
}

function addPath(
  context: TrieContext,
  top: TrieNode,
  key: BinaryString,
  items: Map<BinaryString, Uint8Array>,
): void {
  const length = key.length * 2;
  let node = top;
  while (node.kind === "branch") {
    const {end} = node;
    if (length < end || firstDifference(key, node.path, node.start, end) !== end) return;
    if (length === end) break;
    const nibble = nibbleAt(key, end);
    if ((node.map & (1 << nibble)) === 0) return;
    const at = referenceAt(node, nibble) + 1;
    const hash = bytesToBinary(node.record.subarray(at, at + SHORTEST_HASHED));
    node = childOf(context, node, nibble);
    const bytes = sealedEncoding(context, node);
    if (bytes.length >= SHORTEST_HASHED) items.set(hash, bytes);
  }
  if (node.kind === "leaf" && node.key !== key) return;
  if (node.value instanceof HashedValue) {
    items.set(bytesToBinary(node.value.hash), valueBytes(context, key, node.value));
  }
}
