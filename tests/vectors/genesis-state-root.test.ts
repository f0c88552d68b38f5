import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToBinary, bytesToHex, equalBytes, type Hex, hex} from "#base";
import {createPortableHashing} from "#crypto";
import {type Change, sortChanges, trieRoot} from "#trie";
import {readData} from "./vector.ts";

type Genesis = {
  stateRootV1: Hex;
  stateRootV0WithoutCode: Hex;
  codeBlake2_256: Hex;
  top: Record<Hex, Hex>;
};

const genesis = readData("rhala-1241", "genesis-rhala") as Genesis;
const {blake2b256} = createPortableHashing();

function entries(): Change[] {
  return Object.entries(genesis.top).map(([key, value]) => [bytesToBinary(hex(key)), hex(value)]);
}

test("rhala's genesis without its code has the root that a Rust-built runtime computed", () => {
  const root = trieRoot(blake2b256, sortChanges(entries()), 0);
  assert.equal(bytesToHex(root), genesis.stateRootV0WithoutCode);
});

test("in version 1 the hash of the code is all it takes for rhala's genesis root", () => {
  const standIn = new Uint8Array(33).fill(0xc0);
  const hash = (data: Uint8Array) =>
    equalBytes(data, standIn) ? hex(genesis.codeBlake2_256) : blake2b256(data);
  const root = trieRoot(hash, sortChanges([...entries(), [":code", standIn]]), 1);
  assert.equal(bytesToHex(root), genesis.stateRootV1);
});
