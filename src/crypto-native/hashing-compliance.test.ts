import assert from "node:assert/strict";
import {before, test} from "node:test";
import {blake2b, keccak256, twox, waitReady} from "@polkadot/wasm-crypto";
import fc from "fast-check";
import {createPortableHashing, type Hashing} from "#crypto";
import {createNativeHashing} from "./native-hashing.ts";

before(() => waitReady());

const NOTHING = new Uint8Array(0);

/** Lengths around the block sizes of the hashes (32, 128 and 136 bytes), besides any length. */
const data = fc.oneof(
  fc.uint8Array({maxLength: 300}),
  fc
    .constantFrom(0, 1, 7, 8, 31, 32, 33, 63, 64, 127, 128, 129, 135, 136, 137, 1_024, 70_000)
    .chain(length => fc.uint8Array({minLength: length, maxLength: length})),
);

const implementations: readonly [string, () => Hashing | Promise<Hashing>][] = [
  ["portable", createPortableHashing],
  ["native", createNativeHashing],
];

test("both take the same BLAKE3, of which Substrate's own code has none to compare with", async () => {
  const [portable, native] = [createPortableHashing(), await createNativeHashing()];
  fc.assert(
    fc.property(data, bytes => assert.deepEqual(native.blake3(bytes), portable.blake3(bytes))),
    {numRuns: 40},
  );
});

for (const [name, create] of implementations) {
  test(`${name} hashing gives what Substrate's own code gives`, async () => {
    const hashing = await create();
    fc.assert(
      fc.property(data, bytes => {
        assert.deepEqual(hashing.blake2b128(bytes), blake2b(bytes, NOTHING, 16));
        assert.deepEqual(hashing.blake2b256(bytes), blake2b(bytes, NOTHING, 32));
        assert.deepEqual(hashing.blake2b512(bytes), blake2b(bytes, NOTHING, 64));
        assert.deepEqual(hashing.twox64(bytes), twox(bytes, 1));
        assert.deepEqual(hashing.twox128(bytes), twox(bytes, 2));
        assert.deepEqual(hashing.keccak256(bytes), keccak256(bytes));
      }),
      {numRuns: 40},
    );
  });

  test(`${name} hashing returns arrays that later calls leave alone`, async () => {
    const hashing = await create();
    for (const hash of Object.values(hashing) as Hashing["twox64"][]) {
      const first = hash(Uint8Array.of(1));
      const kept = first.slice();
      hash(Uint8Array.of(2));
      assert.deepEqual(first, kept);
    }
  });
}
