import type {BinaryString} from "#base";
import {pathPrefix} from "./nibbles.ts";
import {type Branch, HashedValue, referenceAt, type TrieNode} from "./node.ts";
import {SHORTEST_HASHED, sealedBytes} from "./seal.ts";
import type {TrieContext} from "./source.ts";

/** A node to be stored under the first `nibbles` nibbles of the path that lead to it, and its hash. */
export type FreshNode = {path: BinaryString; nibbles: number; hash: Uint8Array; bytes: Uint8Array};
/** A value to be stored beside its node, which has only its hash. */
export type FreshValue = {key: BinaryString; hash: Uint8Array; bytes: Uint8Array};
export type FreshNodes = {nodes: FreshNode[]; values: FreshValue[]};

/** Gathers what the source does not have yet of a sealed node and below it, and marks it as stored. */
export function collectNode(
  context: TrieContext,
  node: TrieNode,
  hash: Uint8Array,
  isRoot: boolean,
  out: FreshNodes,
): void {
  if (node.stored) return;
  const bytes = sealedBytes(context, node);
  if (isRoot || bytes.length >= SHORTEST_HASHED) {
    const path = pathPrefix(node.kind === "leaf" ? node.key : node.path, node.start);
    out.nodes.push({path, nibbles: node.start, hash, bytes});
  }
  const {value} = node;
  if (value instanceof HashedValue && !value.stored) {
    const key = node.kind === "leaf" ? node.key : node.path;
    out.values.push({key, hash: value.hash, bytes: value.bytes!});
    value.stored = true;
  }
  if (node.kind === "branch") collectChildren(context, node, out);
  node.stored = true;
}

function collectChildren(context: TrieContext, branch: Branch, out: FreshNodes): void {
  for (let n = 0; n < 16; n++) {
    if ((branch.fresh & (1 << n)) === 0) continue;
    const from = referenceAt(branch, n) + 1;
    const hash = branch.raw.subarray(from, from + SHORTEST_HASHED);
    collectNode(context, branch.loaded![n]!, hash, false, out);
  }
  branch.fresh = 0;
}
