import assert from "node:assert/strict";
import {test} from "node:test";
import {unwrap} from "#base";
import {createNativeCrypto} from "./native-crypto.ts";
import {SchnorrkelInstance} from "./schnorrkel-instance.ts";

/** Even and below 2^255, so that only decoding shows that it is no point. */
const NO_POINT = new Uint8Array(32).fill(8);

test("a good signature holds after thousands of keys that are no points", async () => {
  const {keyPairs, signatures} = await createNativeCrypto();
  const pair = unwrap(keyPairs.fromUri("sr25519", "//Alice"));
  const message = new Uint8Array(120).fill(1);
  const signature = pair.sign(message);
  for (let i = 0; i < 3_000; i++) {
    assert.equal(signatures.verify("sr25519", signature, message, NO_POINT), false);
  }
  assert.equal(signatures.verify("sr25519", signature, message, pair.publicKey), true);
});

test("an instance does not grow with the signatures it makes and verifies", () => {
  const instance = new SchnorrkelInstance(length => new Uint8Array(length).fill(1));
  const secret = new Uint8Array(64).fill(8);
  secret[31] = 0;
  const publicKey = instance.publicKeyOf(secret);
  const message = new Uint8Array(1_000);
  const signature = instance.sign(publicKey, secret, message);
  const before = instance.memoryBytes;
  for (let i = 0; i < 500; i++) {
    assert.equal(
      instance.verify(publicKey, message, instance.sign(publicKey, secret, message)),
      true,
    );
    assert.equal(instance.verify(publicKey, Uint8Array.of(i), signature), false);
  }
  assert.equal(instance.memoryBytes, before);
});
