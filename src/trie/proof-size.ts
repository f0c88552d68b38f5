import {type BinaryString, bytesToBinary} from "#base";
import {decodeNode} from "./decode-node.ts";
import type {HashFunction} from "./hash-function.ts";
import {HASH_HEAD, HashedValue, referenceAt, type TrieNode} from "./node.ts";

const HASH_LENGTH = 32;

/**
 * The sizes that the items of a proof have when it is compacted: a node leaves out the hashes of children that are
 * items themselves, and one whose value stands beside it leaves out that hash for one byte that says so.
 */
export function compactSizes(hash: HashFunction, items: readonly Uint8Array[]): number[] {
  const known = new Set(items.map(item => bytesToBinary(hash(item))));
  return items.map(item => {
    const node = decodeNode(item, 0, "", 0);
    // The bytes of a value are no node.
    return node.ok ? item.length - omitted(node.value, known) : item.length;
  });
}

function omitted(node: TrieNode, known: ReadonlySet<BinaryString>): number {
  const {value} = node;
  const follows = value instanceof HashedValue && known.has(bytesToBinary(value.hash));
  let size = follows ? HASH_LENGTH - 1 : 0;
  if (node.kind === "leaf") return size;
  for (let n = 0; n < 16; n++) {
    if ((node.map & (1 << n)) === 0) continue;
    const at = referenceAt(node, n);
    if (node.record[at] !== HASH_HEAD) continue;
    const reference = node.record.subarray(at + 1, at + 1 + HASH_LENGTH);
    if (known.has(bytesToBinary(reference))) size += HASH_LENGTH;
  }
  return size;
}
