import assert from "node:assert/strict";
import {hexToBytes, unwrap} from "#base";
import {readCodeVersion, unpackCode} from "#runtime-api";

/**
 * Where statemine 900 says its version, each with the bytes that are to be there: in its data, in the section that says it,
 * and in the instructions into which the compiler put it as a number: before two comparisons (of code that is to come, and of
 * the version that ran last), in what is then kept as that, and beside 6 in what is signed. Of each the number's first byte is
 * raised by one.
 */
const PLACES: readonly (readonly [at: number, before: string])[] = [
  [2_308_600, "8403000000000000"],
  [2_320_175, "84030000000000000006000000"],
  [535_407, "84074b"],
  [1_697_098, "840749"],
  [1_697_198, "84073703"],
  [1_720_486, "84878080e000"],
];

/** Its next version, as if it had been built: npm has but this one. Not compressed, which is allowed. */
export function statemine901(code: Uint8Array): Uint8Array {
  const module = unwrap(unpackCode(code)).slice();
  for (const [at, before] of PLACES) {
    const bytes = hexToBytes(`0x${before}`)!;
    assert.deepEqual(module.slice(at, at + bytes.length), bytes, `${at}`);
    module[at]!++;
  }
  assert.equal(unwrap(readCodeVersion(module)).specVersion, 901);
  return module;
}
