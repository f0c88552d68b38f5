import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, unwrap, utf8Bytes} from "#base";
import {
  createPortableKeyPairs,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
  verifyMultiSignature,
} from "#crypto";
import type {SignatureRequest} from "#runtime-api";
import {HostTrap} from "../host-trap.ts";
import {Guest, hashing, hostOf, services} from "../test-kit/guest.ts";

const message = utf8Bytes("a message");
const pairs = createPortableKeyPairs(length => new Uint8Array(length).fill(4));
const signed = (scheme: SignatureScheme) => {
  const pair = unwrap(pairs.fromUri(scheme, "//Alice"));
  return {signature: pair.sign(message), key: pair.publicKey};
};

/** As a node answers: by the account, which of an ecdsa key is its hash. */
const verifySignature = ({scheme, signature, message: of, account}: SignatureRequest) =>
  verifyMultiSignature(services, scheme, signature, of, account);
const host = () => hostOf([], {verifySignature});

const changed = (bytes: Uint8Array, at = 5) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

/** Places what a function takes by its address, and calls it. */
const verify = (
  guest: Guest,
  name: string,
  signature: Uint8Array,
  of: Uint8Array,
  key: Uint8Array,
) => guest.raw(name, guest.memory.place(signature), guest.span(of), guest.memory.place(key));

for (const [scheme, version] of [
  ["ed25519", 1],
  ["sr25519", 1],
  ["sr25519", 2],
  ["ecdsa", 1],
  ["ecdsa", 2],
] as const) {
  test(`${scheme}, version ${version}: what was signed holds, and nothing else does`, () => {
    const {signature, key} = signed(scheme);
    Guest.run(host(), guest => {
      const name = `crypto_${scheme}_verify_version_${version}`;
      assert.equal(verify(guest, name, signature, message, key), 1);
      assert.equal(verify(guest, name, changed(signature), message, key), 0);
      assert.equal(verify(guest, name, signature, changed(message), key), 0);
      assert.equal(verify(guest, name, signature, message, changed(key)), 0);
    });
  });
}

test("sr25519 signatures of 2019, which carry no mark, are not answered for", () => {
  const {signature, key} = signed("sr25519");
  signature[63]! &= 0x7f;
  Guest.run(host(), guest => {
    const old = () => verify(guest, "crypto_sr25519_verify_version_1", signature, message, key);
    assert.throws(old, HostTrap);
    assert.equal(verify(guest, "crypto_sr25519_verify_version_2", signature, message, key), 0);
  });
});

test("an ecdsa signature is checked and its key recovered from the hash of what was signed", () => {
  const {signature, key} = signed("ecdsa");
  const hashed = hashing.blake2b256(message);
  Guest.run(host(), guest => {
    const prehashed = (of: Uint8Array) =>
      guest.raw(
        "crypto_ecdsa_verify_prehashed_version_1",
        guest.memory.place(signature),
        guest.memory.place(of),
        guest.memory.place(key),
      );
    assert.equal(prehashed(hashed), 1);
    assert.equal(prehashed(changed(hashed)), 0);
    const recover = (name: string, of: Uint8Array) =>
      guest.read(
        guest.raw(
          `crypto_secp256k1_ecdsa_recover${name}`,
          guest.memory.place(of),
          guest.memory.place(hashed),
        ) as bigint,
      );
    for (const version of [1, 2]) {
      const compressed = recover(`_compressed_version_${version}`, signature);
      assert.deepEqual(compressed, Uint8Array.of(0, ...key));
      const whole = recover(`_version_${version}`, signature);
      // The first coordinate is what a compressed key has.
      assert.deepEqual([whole.length, whole[0]], [65, 0]);
      assert.deepEqual(whole.subarray(1, 33), key.subarray(1));
      assert.equal(whole[64]! & 1, key[0]! & 1);
      const ninth = signature.map((byte, i) => (i === 64 ? 9 : byte));
      assert.deepEqual(recover(`_version_${version}`, ninth), Uint8Array.of(1, 1));
      const zeros = recover(`_compressed_version_${version}`, new Uint8Array(65));
      assert.deepEqual(zeros, Uint8Array.of(1, 2));
    }
    // Above the group's order: an error of its own now, of old the remainder.
    const high = signature.map((byte, i) => (i < 32 ? 255 : byte));
    assert.deepEqual(recover("_compressed_version_2", high), Uint8Array.of(1, 0));
    assert.notEqual(bytesToHex(recover("_compressed_version_1", high).subarray(0, 2)), "0x0100");
  });
});

test("a batch holds if all of it does, is asked for once, and is forgotten at the next call", () => {
  Guest.run(host(), guest => {
    const open = () => guest.call("crypto_start_batch_verify_version_1");
    const finish = () => guest.call("crypto_finish_batch_verify_version_1");
    assert.throws(finish, HostTrap);
    for (const scheme of SIGNATURE_SCHEMES) {
      const {signature, key} = signed(scheme);
      const name = `crypto_${scheme}_batch_verify_version_1`;
      open();
      assert.throws(open, HostTrap);
      verify(guest, name, signature, message, key);
      assert.equal(finish(), 1);
      open();
      verify(guest, name, changed(signature), message, key);
      verify(guest, name, signature, message, key);
      assert.equal(finish(), 0);
    }
    open();
  });
});
