import type {BinaryString} from "#base";
import {encodeLeaf} from "./encode-node.ts";
import {pathPrefix} from "./nibbles.ts";
import {HashedValue, referenceAt, type TrieNode} from "./node.ts";
import {SHORTEST_HASHED} from "./seal.ts";

/** A node to be stored under the first `nibbles` nibbles of the path that lead to it, and its hash. */
export type FreshNode = {path: BinaryString; nibbles: number; hash: Uint8Array; bytes: Uint8Array};
/** A value to be stored beside its node, which has only its hash. */
export type FreshValue = {key: BinaryString; hash: Uint8Array; bytes: Uint8Array};
export type FreshNodes = {nodes: FreshNode[]; values: FreshValue[]};

/** Gathers what the source does not have yet of a sealed node and below it, and marks it as stored. */
export function collectNode(node: TrieNode, hash: Uint8Array, isRoot: boolean, out: FreshNodes) {
  if (node.stored) return;
  const bytes = node.kind === "leaf" ? encodeLeaf(node) : node.raw;
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
  if (node.kind === "branch" && node.loaded !== undefined) {
    for (let n = 0; n < 16; n++) {
      const child = node.loaded[n];
      if (child === undefined || child.stored) continue;
      const at = referenceAt(node, n);
      collectNode(child, node.raw.subarray(at + 1, at + 1 + (node.raw[at]! >> 2)), false, out);
    }
  }
  node.stored = true;
}
