import {bytesToBinary} from "#base";
import {compactU32, encode} from "#codec";
import type {Hashing} from "#crypto";
import type {Hash} from "#primitives";
import {sortChanges, trieRoot} from "#trie";

/** Root of a block's body: extrinsics under their indices, compact (spec/network §2.1). */
export function extrinsicsRoot(
  body: readonly Uint8Array[],
  hashing: Pick<Hashing, "blake2b256">,
): Hash {
  const entries = body.map((bytes, i) => [bytesToBinary(encode(compactU32, i)), bytes] as const);
  return trieRoot(data => hashing.blake2b256(data), sortChanges(entries), 0);
}
