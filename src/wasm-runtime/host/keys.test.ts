import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, hex} from "#base";
import {SIGNATURE_LENGTH, type SignatureScheme} from "#crypto";
import type {HostKeys} from "#runtime-api";
import {Guest, hostOf} from "../test-kit/guest.ts";

const NO_SEED = Uint8Array.of(0);
const LENGTHS = {ed25519: 32, sr25519: 32, ecdsa: 33} as const;

/** Keys that say of what they are: the first letter of scheme and type. */
const keyOf = (scheme: SignatureScheme, keyType: string) => {
  const key = new Uint8Array(LENGTHS[scheme]);
  key.set([scheme.charCodeAt(0), keyType.charCodeAt(0)]);
  return key;
};

test("a key of a type is made by the node, from a seed or from nothing", () => {
  const asked: unknown[] = [];
  const host = hostOf([], {
    generateSessionKey(keyType, seed, scheme = "sr25519") {
      asked.push([keyType, seed, scheme]);
      return keyOf(scheme, keyType);
    },
  });
  Guest.run(host, guest => {
    for (const scheme of ["ed25519", "sr25519", "ecdsa"] as const) {
      const type = guest.memory.place(hex("0x61757261"));
      const made = guest.fixed(
        LENGTHS[scheme],
        `crypto_${scheme}_generate_version_1`,
        type,
        scheme === "ecdsa" ? Uint8Array.of(1, 8, 0x2f, 0x2f) : NO_SEED,
      );
      assert.deepEqual(made, keyOf(scheme, "aura"));
    }
  });
  assert.deepEqual(asked, [
    ["aura", undefined, "ed25519"],
    ["aura", undefined, "sr25519"],
    ["aura", hex("0x2f2f"), "ecdsa"],
  ]);
});

test("keys are listed and sign where the call has some, and without them each of these is a trap", () => {
  const keys: HostKeys = {
    publicKeys: (scheme, keyType) => [keyOf(scheme, keyType), keyOf(scheme, "zzzz")],
    sign: (scheme, keyType, key, message) =>
      keyType === "none"
        ? undefined
        : new Uint8Array(SIGNATURE_LENGTH[scheme]).fill(key[1]! + message.length),
  };
  const type = hex("0x61757261");
  Guest.run(hostOf([], {keys}), guest => {
    for (const scheme of ["ed25519", "sr25519", "ecdsa"] as const) {
      const listed = guest.bytes(
        `crypto_${scheme}_public_keys_version_1`,
        guest.memory.place(type),
      );
      const [a, z] = [keyOf(scheme, "aura"), keyOf(scheme, "zzzz")];
      assert.deepEqual(listed, concatBytes(Uint8Array.of(8), a, z));
      const sign = (of: Uint8Array) =>
        guest.bytes(
          `crypto_${scheme}_sign_version_1`,
          guest.memory.place(of),
          guest.memory.place(a),
          new Uint8Array(3),
        );
      const signature = new Uint8Array(SIGNATURE_LENGTH[scheme]).fill(0x61 + 3);
      assert.deepEqual(sign(type), concatBytes(Uint8Array.of(1), signature));
      assert.deepEqual(sign(hex("0x6e6f6e65")), Uint8Array.of(0));
    }
  });
  Guest.run(hostOf(), guest => {
    const at = guest.memory.place(type);
    const generate = () => guest.call("crypto_sr25519_generate_version_1", at, NO_SEED);
    assert.throws(generate, /no keys can be made/);
    const list = () => guest.call("crypto_sr25519_public_keys_version_1", at);
    assert.throws(list, /not for this call/);
  });
});
