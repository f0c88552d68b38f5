import assert from "node:assert/strict";
import {randomBytes} from "node:crypto";
import {test} from "node:test";
import {MOST_PROOF, proofExcess, weightExcesses} from "./block-limits.ts";

test("a proof is too large where even packed it is", () => {
  const zeros = new Uint8Array(MOST_PROOF + 1);
  const noise = new Uint8Array(randomBytes(MOST_PROOF + 1));
  assert.equal(proofExcess(zeros.length, [zeros]), undefined);
  assert.match(
    proofExcess(noise.length, [noise]) ?? "",
    /^has a proof of 5242881 bytes, packed \d+/,
  );
  assert.equal(proofExcess(MOST_PROOF, [noise.subarray(1)]), undefined);
});

test("a block is too heavy by time or by proof, where the runtime says what it may weigh", () => {
  const most = {refTime: 10n, proofSize: 20n};
  assert.deepEqual(weightExcesses({refTime: 10n, proofSize: 20n, most}), []);
  assert.deepEqual(weightExcesses({refTime: 11n, proofSize: 21n, most}), [
    "weighs more than a block may",
    "weighs more proof than a block may",
  ]);
  assert.deepEqual(weightExcesses({refTime: 11n, proofSize: undefined, most: undefined}), []);
  assert.deepEqual(weightExcesses(undefined), []);
});
