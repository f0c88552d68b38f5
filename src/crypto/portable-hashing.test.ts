import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, utf8Bytes} from "#base";
import {createPortableHashing} from "./portable-hashing.ts";
import {xxhash64} from "./xxhash64.ts";

const hashing = createPortableHashing();

test("xxHash64 gives the published values at every branch of its length", () => {
  assert.equal(xxhash64(utf8Bytes(""), 0n), 0xef46db3751d8e999n);
  assert.equal(xxhash64(utf8Bytes("a"), 0n), 0xd24ec4f1a98c6e5bn);
  assert.equal(xxhash64(utf8Bytes("abc"), 0n), 0x44bc2cf5ad770999n);
  assert.equal(
    xxhash64(utf8Bytes("Nobody inspects the spammish repetition"), 0n),
    0xfbcea83c8a378bf1n,
  );
});

test("a pallet's storage prefix is the twox128 that every client knows", () => {
  assert.equal(
    bytesToHex(hashing.twox128(utf8Bytes("System"))),
    "0x26aa394eea5630e07c48ae0c9558cef7",
  );
  assert.equal(bytesToHex(hashing.twox64(utf8Bytes("System"))), "0x26aa394eea5630e0");
});

test("a hash is taken of the view, not of the buffer behind it", () => {
  const buffer = utf8Bytes("--System--");
  assert.deepEqual(hashing.twox128(buffer.subarray(2, 8)), hashing.twox128(utf8Bytes("System")));
});

test("blake2b, keccak and blake3 of nothing are the published digests", () => {
  const empty = new Uint8Array(0);
  assert.equal(bytesToHex(hashing.blake2b128(empty)), "0xcae66941d9efbd404e4d88758ea67670");
  assert.equal(
    bytesToHex(hashing.blake2b256(empty)),
    "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
  );
  assert.equal(
    bytesToHex(hashing.keccak256(empty)),
    "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
  );
  assert.equal(
    bytesToHex(hashing.blake3(empty)),
    "0xaf1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
  );
});
