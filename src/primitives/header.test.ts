import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, hex, unwrap} from "#base";
import {decode, encode} from "#codec";
import {createPortableHashing} from "#crypto";
import {
  type DigestItem,
  digestItem,
  type Header,
  header,
  headerHash,
  isWellFramed,
} from "./index.ts";

const hashing = createPortableHashing();

const KHALA_GENESIS: Header = {
  parentHash: new Uint8Array(32),
  number: 0,
  stateRoot: hex("0xfd2e3e07ed2d610c6c0c6c3cd6858fff733fe53c03bd75d46f25e7c69dec490b"),
  extrinsicsRoot: hex("0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"),
  digest: [],
};

test("Khala's genesis header has Khala's genesis hash", () => {
  assert.equal(
    bytesToHex(headerHash(KHALA_GENESIS, hashing)),
    "0xd43540ba6d3eb4897c28a77d48cb5b729fea37603cbbfc7a86a73b72adb3be8d",
  );
});

test("every kind of digest item has its known bytes", () => {
  const aura = hex("0x61757261");
  const known: [DigestItem, string][] = [
    [
      {type: "PreRuntime", value: [aura, hex("0x0807060504030201")]},
      "0x0661757261200807060504030201",
    ],
    [{type: "Consensus", value: [aura, hex("0x0203000000")]}, "0x0461757261140203000000"],
    [{type: "Seal", value: [aura, new Uint8Array(64)]}, `0x05617572610101${"00".repeat(64)}`],
    [{type: "Other", value: hex("0x0102")}, "0x00080102"],
    [{type: "RuntimeEnvironmentUpdated", value: undefined}, "0x08"],
  ];
  for (const [item, bytes] of known) {
    assert.equal(bytesToHex(encode(digestItem, item)), bytes);
    assert.deepEqual(unwrap(decode(digestItem, hex(bytes))), item);
  }
  for (const index of [1, 2, 3, 7, 9]) {
    assert.equal(decode(digestItem, Uint8Array.of(index)).ok, false, "there is no such item");
  }
});

test("a header with a number and a digest survives being written and read", () => {
  const value: Header = {
    ...KHALA_GENESIS,
    number: 70_000,
    digest: [{type: "Other", value: hex("0x01")}],
  };
  const bytes = encode(header, value);
  assert.equal(bytesToHex(bytes.subarray(32, 36)), "0xc2450400", "the number is compact");
  assert.deepEqual(unwrap(decode(header, bytes)), value);
});

test("an extrinsic's length says exactly how much follows", () => {
  assert.equal(isWellFramed(hex("0x0c040001")), true);
  for (const bytes of ["0x", "0x0c0400", "0x0c04000102", "0x0d00040001"]) {
    assert.equal(isWellFramed(hex(bytes)), false, bytes);
  }
});
