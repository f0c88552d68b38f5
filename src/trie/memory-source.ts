import {type BinaryString, bytesToBinary} from "#base";
import type {FreshNodes} from "./collect.ts";
import type {NodeSource} from "./source.ts";

export interface MemorySource extends NodeSource {
  add(fresh: FreshNodes): void;
  readonly size: number;
}

/** A source that keeps nodes by place and hash, as a database does. */
export function memorySource(): MemorySource {
  const items = new Map<BinaryString, Uint8Array>();
  const nodeKey = (path: BinaryString, nibbles: number, hash: Uint8Array) =>
    `n${nibbles} ${path}${bytesToBinary(hash)}`;
  const valueKey = (key: BinaryString, hash: Uint8Array) => `v${key}${bytesToBinary(hash)}`;
  return {
    node: (path, nibbles, hash) => items.get(nodeKey(path, nibbles, hash)),
    value: (key, hash) => items.get(valueKey(key, hash)),
    add(fresh) {
      for (const {path, nibbles, hash, bytes} of fresh.nodes) {
        items.set(nodeKey(path, nibbles, hash), bytes);
      }
      for (const {key, hash, bytes} of fresh.values) items.set(valueKey(key, hash), bytes);
    },
    get size() {
      return items.size;
    },
  };
}
