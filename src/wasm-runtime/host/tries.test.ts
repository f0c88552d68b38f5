import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, hex} from "#base";
import {bytes, encode, tuple, vec} from "#codec";
import {memoryState} from "#state";
import {Guest, hashing, hostOf} from "../test-kit/guest.ts";

const HASHES = {
  blake2_256: (data: Uint8Array) => hashing.blake2b256(data),
  keccak_256: (data: Uint8Array) => hashing.keccak256(data),
} as const;

/** Hashes of one zero byte, the encoding of the trie that holds nothing. */
const EMPTY = {
  blake2_256: "0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314",
  keccak_256: "0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a",
} as const;

const list = vec(bytes);
const pairs = vec(tuple(bytes, bytes));
const items = Array.from({length: 70}, (_, i) => new Uint8Array(i).fill(i));
/** SCALE compact, by hand: one byte below 64, two from there on. */
const indexKey = (i: number) =>
  i < 64 ? String.fromCharCode(i * 4) : String.fromCharCode(((i * 4) & 255) + 1, i >> 6);

for (const name of ["blake2_256", "keccak_256"] as const) {
  test(`a proof of an entry holds or does not, in the layout that is said: ${name}`, () => {
    Guest.run(hostOf(), guest => {
      const value = new Uint8Array(40).fill(7);
      for (const layout of [0, 1] as const) {
        const root = memoryState([["k", value]], HASHES[name], layout).root();
        // A leaf of two nibbles, 6 and 11, with its value left out.
        const proof = encode(list, [hex("0x426b00")]);
        const holds = (given: number, of: Uint8Array = value) =>
          guest.call(
            `trie_${name}_verify_proof_version_2`,
            guest.memory.place(root),
            proof,
            hex("0x6b"),
            of,
            given,
          );
        assert.deepEqual([holds(layout), holds(1 - layout)], [1, 0]);
        assert.equal(holds(layout, hex("0x01")), 0);
        const first = guest.call(
          `trie_${name}_verify_proof_version_1`,
          guest.memory.place(root),
          proof,
          hex("0x6b"),
          value,
        );
        assert.equal(first, layout === 0 ? 1 : 0);
      }
    });
  });

  test(`a list has the root of its items under their compact indices, by ${name} and in both layouts`, () => {
    Guest.run(hostOf(), guest => {
      const root = (version: number, of: Uint8Array[], ...layout: number[]) =>
        guest.fixed(
          32,
          `trie_${name}_ordered_root_version_${version}`,
          encode(list, of),
          ...layout,
        );
      assert.equal(bytesToHex(root(1, [])), EMPTY[name]);
      const entries = items.map((item, i) => [indexKey(i), item] as const);
      for (const layout of [0, 1] as const) {
        const expected = memoryState(entries, HASHES[name], layout).root();
        assert.deepEqual(root(2, items, layout), expected);
      }
      assert.deepEqual(root(1, items), root(2, items, 0));
      assert.notDeepEqual(root(2, items, 0), root(2, items, 1));
    });
  });

  test(`pairs in whatever order have the root of a state, the last of a key counts: ${name}`, () => {
    Guest.run(hostOf(), guest => {
      const long = new Uint8Array(40).fill(1);
      const given: [Uint8Array, Uint8Array][] = [
        [hex("0x62"), hex("0x01")],
        [hex("0x61"), hex("0x02")],
        [hex("0x62"), long],
      ];
      const entries = [
        ["a", hex("0x02")],
        ["b", long],
      ] as const;
      const root = (version: number, ...layout: number[]) =>
        guest.fixed(32, `trie_${name}_root_version_${version}`, encode(pairs, given), ...layout);
      for (const layout of [0, 1] as const) {
        assert.deepEqual(root(2, layout), memoryState(entries, HASHES[name], layout).root());
      }
      assert.deepEqual(root(1), root(2, 0));
    });
  });
}
