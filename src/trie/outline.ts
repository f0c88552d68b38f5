import type {BinaryString} from "#base";
import type {TrieNode} from "./node.ts";

/** The path that ends at a node; its nibbles from `endOf` on mean nothing. */
export const pathOf = (node: TrieNode): BinaryString =>
  node.kind === "leaf" ? node.key : node.path;

/** How many nibbles of its path lead to a node. */
export const endOf = (node: TrieNode): number =>
  node.kind === "leaf" ? node.key.length * 2 : node.end;

/** Bit n: there is a child n. */
export const childrenOf = (node: TrieNode): number => (node.kind === "leaf" ? 0 : node.map);
