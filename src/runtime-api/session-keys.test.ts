import assert from "node:assert/strict";
import {test} from "node:test";
import {concatBytes, hex, ok, unwrap} from "#base";
import {bytes, decode, encode, option, struct} from "#codec";
import {memoryState, Overlay} from "#state";
import type {Runtime, RuntimeHost} from "./runtime.ts";
import {askSessionKeyKinds, generateSessionKeys} from "./session-keys.ts";

/** BLAKE2b-64 of `SessionKeys`. */
const SESSION_KEYS = hex("0xab3c0572291feb8b");
const OWNER = Uint8Array.of(1, 2, 3);
const KEY = new Uint8Array(32).fill(7);

/** Makes a key of type `aura`, and signs its owner with it where its API is of version 2. */
function runtimeOf(version: 1 | 2): Runtime {
  const withOwner = struct({owner: bytes, seed: option(bytes)});
  const withProof = struct({keys: bytes, proof: bytes});
  return {
    version: {apis: [[SESSION_KEYS, version]]} as unknown as Runtime["version"],
    call(_name, args, {generateSessionKey, keys}) {
      const key = generateSessionKey!("aura", undefined, "sr25519")!;
      if (version === 1) {
        assert.equal(unwrap(decode(option(bytes), args)), undefined);
        return ok(encode(bytes, key));
      }
      const {owner} = unwrap(decode(withOwner, args));
      const message = concatBytes(Uint8Array.of(80, 79, 80, 95), owner);
      const proof = keys!.sign("sr25519", "aura", key, message)!;
      return ok(encode(withProof, {keys: key, proof}));
    },
  };
}

const host = (): RuntimeHost & Required<Pick<RuntimeHost, "generateSessionKey">> => ({
  state: new Overlay(memoryState([], () => new Uint8Array(32))),
  verifySignature: () => false,
  generateSessionKey: () => KEY,
  keys: {publicKeys: () => [], sign: (_scheme, _type, _key, message) => message},
});

test("a runtime that wants its keys' owner proved is told the owner, and its proof comes with the keys", () => {
  const made = unwrap(generateSessionKeys(runtimeOf(2), host(), OWNER));
  assert.deepEqual(made, {keys: KEY, proof: Uint8Array.of(80, 79, 80, 95, 1, 2, 3)});
});

test("an older one is not told, and proves nothing", () => {
  const made = unwrap(generateSessionKeys(runtimeOf(1), host(), OWNER));
  assert.deepEqual(made, {keys: KEY, proof: undefined});
});

test("either says which kinds it has without a keystore", () => {
  for (const version of [1, 2] as const) {
    const {generateSessionKey: _, keys: __, ...without} = host();
    const kinds = ok([{keyType: "aura", scheme: "sr25519"}]);
    assert.deepEqual(askSessionKeyKinds(runtimeOf(version), without), kinds);
  }
});
