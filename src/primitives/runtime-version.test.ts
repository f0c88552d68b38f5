import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, hex, unwrap} from "#base";
import {encode, str, u8, u32} from "#codec";
import {decodeRuntimeVersion, runtimeVersion} from "./runtime-version.ts";

const CORE = hex("0xdf6acb689907609b");
const head = concatBytes(
  encode(str, "khala"),
  encode(str, "khala"),
  encode(u32, 1),
  encode(u32, 1290),
  encode(u32, 0),
);

const withCore = (version: number, ...rest: Uint8Array[]) =>
  concatBytes(head, Uint8Array.of(4), CORE, encode(u32, version), ...rest);

test("fields that a runtime of its age does not have are what upstream takes them to be", () => {
  const ages: [Uint8Array, number, number][] = [
    [withCore(2), 1, 0],
    [withCore(3, encode(u32, 7)), 7, 0],
    [withCore(4, encode(u32, 7), encode(u8, 1)), 7, 1],
    [withCore(5, encode(u32, 9), encode(u8, 1)), 9, 1],
  ];
  for (const [bytes, transactionVersion, stateVersion] of ages) {
    const version = unwrap(decodeRuntimeVersion(bytes));
    assert.equal(version.specVersion, 1290);
    assert.deepEqual(
      [version.transactionVersion, version.stateVersion],
      [transactionVersion, stateVersion],
    );
  }
});

test("APIs that are written apart say the age as well", () => {
  const bytes = concatBytes(head, Uint8Array.of(0), encode(u32, 7));
  const apis: [Uint8Array, number][] = [[CORE, 3]];
  assert.deepEqual(unwrap(decodeRuntimeVersion(bytes, apis)).apis, apis);
  assert.equal(unwrap(decodeRuntimeVersion(bytes, apis)).transactionVersion, 7);
});

test("what is cut short is refused, and our own is read as it was written", () => {
  assert.equal(decodeRuntimeVersion(withCore(4, encode(u32, 7))).ok, false);
  assert.equal(decodeRuntimeVersion(new Uint8Array(3)).ok, false);
  const version = unwrap(decodeRuntimeVersion(withCore(4, encode(u32, 7), encode(u8, 1))));
  assert.deepEqual(unwrap(decodeRuntimeVersion(encode(runtimeVersion, version))), version);
});
