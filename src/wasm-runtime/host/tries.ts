import {bytesToBinary} from "#base";
import {bytes, tuple, vec} from "#codec";
import type {Hashing} from "#crypto";
import {
  type HashFunction,
  listRoot,
  type StateVersion,
  sortChanges,
  trieRoot,
  verifyEntry,
} from "#trie";
import {data, fixed, scale, stateVersion} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("tries");
const hashed = fixed(32);
const items = scale(vec(bytes));
const pairs = scale(vec(tuple(bytes, bytes)));

const HASHERS: readonly (readonly [string, (hashing: Hashing) => HashFunction])[] = [
  ["blake2_256", hashing => data => hashing.blake2b256(data)],
  ["keccak_256", hashing => data => hashing.keccak256(data)],
];

/** Of two values under one key the later counts. */
function rootOf(
  hash: HashFunction,
  entries: readonly (readonly [Uint8Array, Uint8Array])[],
  version: StateVersion,
): Uint8Array {
  const distinct = new Map(entries.map(([key, value]) => [bytesToBinary(key), value]));
  return trieRoot(hash, sortChanges([...distinct]), version);
}

/** Roots of tries over what the runtime gives (spec/wasm-engine §4.3). */
export const trieFunctions: readonly HostFunction[] = HASHERS.flatMap(([name, hasher]) => [
  define(`trie_${name}_ordered_root_version_1`, [items], "address", ({services}, list) =>
    listRoot(hasher(services.hashing), list, 0),
  ),
  define(
    `trie_${name}_ordered_root_version_2`,
    [items, stateVersion],
    "address",
    ({services}, list, version) => listRoot(hasher(services.hashing), list, version),
  ),
  define(`trie_${name}_root_version_1`, [pairs], "address", ({services}, entries) =>
    rootOf(hasher(services.hashing), entries, 0),
  ),
  define(
    `trie_${name}_root_version_2`,
    [pairs, stateVersion],
    "address",
    ({services}, entries, version) => rootOf(hasher(services.hashing), entries, version),
  ),
  define(
    `trie_${name}_verify_proof_version_1`,
    [hashed, items, data, data],
    "i32",
    ({services}, root, proof, key, value) =>
      verifyEntry(hasher(services.hashing), root, proof, key, value, 0) ? 1 : 0,
  ),
  define(
    `trie_${name}_verify_proof_version_2`,
    [hashed, items, data, data, stateVersion],
    "i32",
    ({services}, root, proof, key, value, version) =>
      verifyEntry(hasher(services.hashing), root, proof, key, value, version) ? 1 : 0,
  ),
]);
