import {type BinaryString, bytesToBinary, concatBytes, err, ok, type Result} from "#base";
import type {HashFunction} from "./hash-function.ts";
import type {Place} from "./places.ts";
import {TrieFault, type TrieFaultCode} from "./source.ts";
import {Trie} from "./trie.ts";

/** `node-missing` and `value-missing`: the proof does not cover what was asked. */
export type ProofFailure = {code: TrieFaultCode; key: BinaryString; message: string};

/** A trie of which only what the proof covers can be read; reading more throws `TrieFault`. */
export function openProof(hash: HashFunction, root: Uint8Array, proof: Iterable<Uint8Array>): Trie {
  const items = new Map<BinaryString, Uint8Array>();
  for (const item of proof) items.set(bytesToBinary(hash(item)), item);
  const find = (itemHash: Uint8Array) => items.get(bytesToBinary(itemHash));
  const node = (_place: Place, nodeHash: Uint8Array) => {
    const encoding = find(nodeHash);
    return encoding === undefined ? undefined : concatBytes(Uint8Array.of(0), encoding);
  };
  return Trie.open(hash, {node, value: (_key, valueHash) => find(valueHash)}, root);
}

/** The values of `keys` under `root`, `undefined` for those proven absent; a failure unless all are covered. */
export function verifyProof(
  hash: HashFunction,
  root: Uint8Array,
  proof: Iterable<Uint8Array>,
  keys: Iterable<BinaryString>,
): Result<Map<BinaryString, Uint8Array | undefined>, ProofFailure> {
  const trie = openProof(hash, root, proof);
  const values = new Map<BinaryString, Uint8Array | undefined>();
  for (const key of keys) {
    try {
      values.set(key, trie.get(key));
    } catch (error) {
      if (!(error instanceof TrieFault)) throw error;
      return err({code: error.code, key, message: error.message});
    }
  }
  return ok(values);
}
