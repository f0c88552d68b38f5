import assert from "node:assert/strict";
import {test} from "node:test";
import {secp256k1} from "@noble/curves/secp256k1.js";
import {bytesToHex, hex, unwrap} from "#base";
import {recoverEcdsaKey, uncompressedEcdsaKey} from "./ecdsa-recovery.ts";
import {createPortableSignatureVerifier} from "./portable-signatures.ts";

const verifier = createPortableSignatureVerifier();
const STRICT = {overflowing: false};
const LENIENT = {overflowing: true};

/** A key, its signature over `hash`, and the last byte that says how to recover it. */
const secret = new Uint8Array(32).fill(7);
const hash = new Uint8Array(32).fill(3);
const noble = secp256k1.sign(hash, secret, {prehash: false, format: "recovered"});
const signature = Uint8Array.from([...noble.subarray(1), noble[0]!]);
const key = secp256k1.getPublicKey(secret, true);

/** The same signature with one of its numbers of the given value. */
const withNumber = (at: 0 | 32, number: Uint8Array) => {
  const changed = signature.slice();
  changed.set(number, at);
  return changed;
};
const order = hex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

test("the key that signed is recovered, compressed and not", () => {
  const recovered = unwrap(recoverEcdsaKey(verifier, signature, hash, STRICT));
  assert.deepEqual(recovered, key);
  const whole = secp256k1.getPublicKey(secret, false);
  assert.deepEqual(uncompressedEcdsaKey(recovered), whole.slice(1));
});

test("the last byte may be written as Ethereum does, and says why it is refused", () => {
  const ethereum = signature.slice();
  ethereum[64]! += 27;
  assert.deepEqual(unwrap(recoverEcdsaKey(verifier, ethereum, hash, STRICT)), key);
  for (const v of [4, 9, 26, 31, 255]) {
    const wrong = signature.slice();
    wrong[64] = v;
    assert.deepEqual(recoverEcdsaKey(verifier, wrong, hash, STRICT), {ok: false, error: "bad-v"});
  }
});

test("numbers at the order and above are refused, or taken by their remainder as of old", () => {
  const top = new Uint8Array(32).fill(255);
  for (const at of [0, 32] as const) {
    for (const number of [order, top]) {
      const changed = withNumber(at, number);
      const refused = recoverEcdsaKey(verifier, changed, hash, STRICT);
      assert.deepEqual(refused, {ok: false, error: "bad-r-or-s"});
    }
    // Its remainder is zero, which nobody signs with.
    const zero = recoverEcdsaKey(verifier, withNumber(at, order), hash, LENIENT);
    assert.deepEqual(zero, {ok: false, error: "bad-signature"});
  }
  // A small number and that number plus the order are one: 5 + order still fits into 32 bytes.
  const small = withNumber(32, Uint8Array.from([...new Uint8Array(31), 5]));
  const large = withNumber(
    32,
    order.map((byte, i) => (i === 31 ? byte + 5 : byte)),
  );
  const expected = unwrap(recoverEcdsaKey(verifier, small, hash, STRICT));
  const got = unwrap(recoverEcdsaKey(verifier, large, hash, LENIENT));
  assert.equal(bytesToHex(got), bytesToHex(expected));
});
