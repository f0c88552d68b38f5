import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {createPortableCrypto, type SignedMessage} from "#crypto";
import {checkedOnce} from "./checked-once.ts";

const crypto = createPortableCrypto(length => new Uint8Array(length).fill(3));
const pair = unwrap(crypto.keyPairs.fromUri("sr25519", "//Alice"));
const signed = [1, 2, 3].map(byte => {
  const message = Uint8Array.of(byte);
  return {message, signature: pair.sign(message), signer: pair.publicKey};
});
const bad: SignedMessage = {...signed[0]!, message: Uint8Array.of(9)};

test("of many, those are asked for that nobody has asked for before, each once, and all are answered", () => {
  const asked: number[] = [];
  const {signatures} = crypto;
  const once = checkedOnce({
    ...signatures,
    verify: () => assert.fail("asked for one"),
    verifyEach(scheme, list) {
      asked.push(list.length);
      return signatures.verifyEach(scheme, list);
    },
  });
  assert.deepEqual(once.verifyEach("sr25519", [signed[0]!, bad, signed[0]!]), [true, false, true]);
  assert.deepEqual(once.verifyEach("sr25519", [bad, ...signed]), [false, true, true, true]);
  assert.deepEqual(asked, [2, 2]);
  assert.ok(once.verify("sr25519", signed[2]!.signature, signed[2]!.message, pair.publicKey));
  assert.ok(!once.verify("sr25519", bad.signature, bad.message, pair.publicKey));
});
