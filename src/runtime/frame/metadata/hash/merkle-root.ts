import {concatBytes} from "#base";
import type {Hash} from "#primitives";

/**
 * The root over leaves of a complete binary tree whose last level is filled from the left: node n has the children
 * 2n+1 and 2n+2, and the leaves, in order, are the last nodes. No leaves at all are 32 zero bytes.
 */
export function merkleRoot(
  leaves: readonly Uint8Array[],
  hash: (data: Uint8Array) => Uint8Array,
): Hash {
  if (leaves.length === 0) return new Uint8Array(32);
  const inner = leaves.length - 1;
  const nodes: Uint8Array[] = new Array(inner);
  for (const leaf of leaves) nodes.push(hash(leaf));
  for (let node = inner - 1; node >= 0; node--) {
    nodes[node] = hash(concatBytes(nodes[2 * node + 1]!, nodes[2 * node + 2]!));
  }
  return nodes[0]!;
}
