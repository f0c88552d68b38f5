import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {concatBytes, err, hex, ok, unwrap} from "#base";
import {decode, encode} from "#codec";
import {decodeApplyAnswer, decodeValidityAnswer, describeValidityError} from "./open-answers.ts";
import {applyExtrinsicResult, DEFAULT_VALIDITY, invalid, transactionValidity} from "./validity.ts";

test("what this program knows is read as what it is", () => {
  for (const answer of [
    ok(ok(undefined)),
    ok(err({type: "Token", value: "Frozen"} as const)),
    ok(err({type: "Module", value: {index: 5, error: hex("0x01000000")}} as const)),
    err(invalid("Stale")),
  ]) {
    const bytes = encode(applyExtrinsicResult, answer);
    assert.deepEqual(decodeApplyAnswer(bytes), ok(unwrap(decode(applyExtrinsicResult, bytes))));
  }
  for (const answer of [ok(DEFAULT_VALIDITY), err(invalid("Future"))]) {
    const bytes = encode(transactionValidity, answer);
    assert.deepEqual(decodeValidityAnswer(bytes), ok(unwrap(decode(transactionValidity, bytes))));
  }
});

test("an error of another age is passed on as its bytes", () => {
  // DispatchError::Trie(..), 14, came later; InvalidTransaction has had more cases since.
  const trie = hex("0x0e03");
  const answer = decodeApplyAnswer(concatBytes(hex("0x0001"), trie));
  assert.deepEqual(answer, ok(ok(err({type: "Unrecognized", value: trie}))));
  const origin = hex("0x000c");
  const refused = {type: "Unrecognized", value: origin} as const;
  assert.deepEqual(decodeValidityAnswer(concatBytes(hex("0x01"), origin)), ok(err(refused)));
  assert.equal(describeValidityError(refused), "an error not known here (0x000c)");
  // A module error of before 2022 has one byte where there are four today.
  const old = hex("0x030507");
  assert.deepEqual(
    decodeApplyAnswer(concatBytes(hex("0x0001"), old)),
    ok(ok(err({type: "Unrecognized", value: old}))),
  );
});

test("no bytes make it throw, and a result is a result", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 64}), bytes => {
      const [applied, validity] = [decodeApplyAnswer(bytes), decodeValidityAnswer(bytes)];
      if (bytes[0] !== 0 && bytes[0] !== 1) assert.ok(!applied.ok && !validity.ok);
    }),
  );
  assert.equal(decodeApplyAnswer(hex("0x000000")).ok, false);
});
