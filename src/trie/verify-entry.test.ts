import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToBinary, concatBytes, equalBytes} from "#base";
import {compactU32, encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {LEAF_WITH_HASH} from "./encode-node.ts";
import {type StateVersion, sortChanges, Trie} from "./index.ts";
import {verifyEntry} from "./verify-entry.ts";

const hashing = createPortableHashing();
const HASHES = [
  (data: Uint8Array) => hashing.blake2b256(data),
  (data: Uint8Array) => hashing.keccak256(data),
] as const;
type Hash = (typeof HASHES)[number];

/** Where a part begins in bytes, from the end on: values and references stand last. */
function lastIndexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = bytes.length - part.length; at >= 0; at--) {
    if (equalBytes(bytes.subarray(at, at + part.length), part)) return at;
  }
  return -1;
}

const without = (bytes: Uint8Array, at: number, length: number, instead: number[]) =>
  concatBytes(bytes.subarray(0, at), Uint8Array.from(instead), bytes.subarray(at + length));

/**
 * A proof that has all of the nodes on the way, made into one that leaves out what follows from the rest, in the bytes. Undefined
 * where the value stands on the way in a node that is short enough to be in its parent, or in a branch.
 */
function compacted(hash: Hash, nodes: readonly Uint8Array[], value: Uint8Array) {
  const out = nodes.map((node, i) => {
    const below = nodes[i + 1];
    if (below === undefined) return node;
    const reference = concatBytes(Uint8Array.of(128), hash(below));
    return without(node, lastIndexOf(node, reference), reference.length, [0]);
  });
  const leaf = out.at(-1)!;
  if ((leaf[0]! & 0xc0) === 0x40) {
    const stored = concatBytes(encode(compactU32, value.length), value);
    if (!equalBytes(leaf.subarray(leaf.length - stored.length), stored)) return undefined;
    out[out.length - 1] = without(leaf, leaf.length - stored.length, stored.length, [0]);
    return out;
  }
  const isHashed = (leaf[0]! & 0xe0) === LEAF_WITH_HASH.prefix && (leaf[0]! & 31) < 31;
  if (!isHashed) return undefined;
  const plain = without(leaf, leaf.length - 32, 32, [0]);
  plain[0] = 0x40 | (plain[0]! & 31);
  out[out.length - 1] = plain;
  return out;
}

const entries = fc.uniqueArray(
  fc.tuple(
    fc.uint8Array({minLength: 1, maxLength: 4}),
    fc.uint8Array({minLength: 20, maxLength: 60}),
  ),
  {minLength: 1, maxLength: 30, selector: ([key]) => bytesToBinary(key)},
);

test("what a trie holds is proved by the nodes on the way without what follows from the rest, and nothing else by them", () => {
  let proved = 0;
  fc.assert(
    fc.property(
      entries,
      fc.constantFrom(...HASHES),
      fc.constantFrom<StateVersion>(0, 1),
      fc.nat(),
      (all, hash, version, pick) => {
        const changes = sortChanges(
          all.map(([key, value]) => [bytesToBinary(key), value] as const),
        );
        const trie = Trie.empty(hash).update(changes, version);
        const root = trie.root();
        const [key, value] = all[pick % all.length]!;
        const nodes = [...trie.prove([bytesToBinary(key)])].filter(
          node => !equalBytes(node, value),
        );
        const proof = compacted(hash, nodes, value);
        if (proof === undefined) return;
        proved++;
        assert.ok(verifyEntry(hash, root, proof, key, value, version));
        const other = value.slice();
        other[0]! ^= 1;
        assert.ok(!verifyEntry(hash, root, proof, key, other, version));
        assert.ok(
          !verifyEntry(hash, root, proof, concatBytes(key, Uint8Array.of(0)), value, version),
        );
        assert.ok(!verifyEntry(hash, hash(root), proof, key, value, version));
        assert.ok(!verifyEntry(hash, root, proof.slice(1), key, value, version));
        assert.ok(!verifyEntry(hash, root, [...proof, proof[0]!], key, value, version));
        // All of it is too much.
        assert.ok(!verifyEntry(hash, root, nodes, key, value, version));
        const hashOther = hash === HASHES[0] ? HASHES[1] : HASHES[0];
        assert.ok(!verifyEntry(hashOther, root, proof, key, value, version));
        if (value.length > 32) {
          assert.ok(!verifyEntry(hash, root, proof, key, value, version === 0 ? 1 : 0));
        }
      },
    ),
    {numRuns: 300},
  );
  assert.ok(proved > 100, `${proved} proofs`);
});

test("a value in a branch, and one in a node that stands in its parent, are proved too", () => {
  const [hash] = HASHES;
  const [a, ab] = [Uint8Array.of(0x61), Uint8Array.of(0x61, 0x62)];
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)];
  const trie = Trie.empty(hash).update(
    [
      ["a", one],
      ["ab", two],
    ],
    0,
  );
  const root = trie.root();
  // A branch of two nibbles, 6 and 1; below 6 a leaf with one more, 2, which is short and stands in the branch.
  const leaf = [0x41, 0x02, 0x04, 0x02];
  const branch = (value: number[], header: number) =>
    Uint8Array.of(header, 0x61, 0x40, 0x00, ...value, 0x10, ...leaf);
  assert.deepEqual(hash(branch([0x04, 0x01], 0xc2)), root);
  assert.ok(verifyEntry(hash, root, [branch([], 0x82)], a, one, 0));
  assert.ok(!verifyEntry(hash, root, [branch([0x04, 0x01], 0xc2)], a, one, 0));
  const leftOut = Uint8Array.of(0xc2, 0x61, 0x40, 0x00, 0x04, 0x01, 0x0c, 0x41, 0x02, 0x00);
  assert.ok(verifyEntry(hash, root, [leftOut], ab, two, 0));
  assert.ok(!verifyEntry(hash, root, [leftOut], ab, one, 0));
  // Bytes after a node are not looked at, as upstream does not.
  assert.ok(verifyEntry(hash, root, [concatBytes(leftOut, a)], ab, two, 0));
});

test("a proof of anything proves nothing, and does not break", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({maxLength: 80}), {maxLength: 5}),
      fc.uint8Array({maxLength: 5}),
      (proof, key) => {
        for (const version of [0, 1] as const)
          assert.ok(!verifyEntry(HASHES[0], new Uint8Array(32), proof, key, key, version));
      },
    ),
    {numRuns: 2_000},
  );
});
