import type {BinaryString} from "#base";
import {passingChildOf} from "./load.ts";
import {nibbleAt} from "./nibbles.ts";
import {type Branch, referenceAt, referenceSize, type TrieNode} from "./node.ts";
import type {TrieContext} from "./source.ts";

/** A branch on the way to a key, and what hangs on it to the right of that way. */
export interface EdgeBranch {
  /** Nibbles of its path. */
  readonly end: number;
  /** In the order of their nibbles: the hash of a child's encoding, or that itself where it is shorter. */
  readonly children: readonly (readonly [nibble: number, reference: Uint8Array])[];
}

/**
 * All of a trie that comes after one of its keys, in as many references as hang on the way to it: with the entries up to that key
 * it gives the root, and so proves them, none left out. From the top downwards.
 */
export type RightEdge = readonly EdgeBranch[];

/** What comes after a key that is in a sealed trie. */
export function rightEdge(context: TrieContext, top: TrieNode, key: BinaryString): RightEdge {
  const edge: EdgeBranch[] = [];
  let node = top;
  while (node.kind === "branch") {
    const isOver = key.length * 2 === node.end;
    const nibble = isOver ? -1 : nibbleAt(key, node.end);
    const children = childrenAfter(node, nibble);
    if (children.length > 0) edge.push({end: node.end, children});
    if (isOver) break;
    node = passingChildOf(context, node, nibble);
  }
  return edge;
}

function childrenAfter(branch: Branch, nibble: number): [number, Uint8Array][] {
  const children: [number, Uint8Array][] = [];
  for (let n = nibble + 1; n < 16; n++) {
    if ((branch.map & (1 << n)) === 0) continue;
    const at = referenceAt(branch, n);
    children.push([n, branch.record.slice(at + 1, at + referenceSize(branch.record, at))]);
  }
  return children;
}
