import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, concatBytes, err, ok, unwrap} from "#base";
import {createPortableCrypto, createPortableSignatureVerifier, type SignatureScheme} from "#crypto";
import {createMemoryKeystore, type Keystore} from "#keystore";
import type {HostKeys} from "#runtime-api";
import {rotationFailureText} from "../methods/author/rotation-failure-text.ts";
import {createKeysAnswers, type SessionKeyRuntime} from "./keys-of-keystore.ts";

/** A runtime that lists these types, and asks for those. */
function runtimeWith(types: readonly string[], asked = types): SessionKeyRuntime {
  return {
    types: () => ok(types),
    generate(make) {
      for (const type of asked)
        if (make(type, undefined) === undefined) return err(`no ${type} key`);
      return ok({keys: new Uint8Array(0), proof: undefined});
    },
  };
}

/** A runtime that says the schemes of its keys, as those of others do, and proves that it has them. */
function genuineRuntime(
  asked: readonly (readonly [string, SignatureScheme])[],
  prove: (keys: HostKeys, made: readonly Uint8Array[]) => void = () => {},
): SessionKeyRuntime {
  return {
    types: () => ok(asked.map(([type]) => type)),
    generate(make, keys) {
      const made = asked.map(([type, scheme]) => make(type, undefined, scheme));
      const whole = made.filter(key => key !== undefined);
      if (whole.length < made.length) return err("a key is missing");
      prove(keys, whole);
      return ok({keys: concatBytes(...whole), proof: undefined});
    },
  };
}

function keystoreOfTests(): Keystore {
  let made = 0;
  const randomBytes = (length: number) => new Uint8Array(length).fill(++made);
  return createMemoryKeystore({keyPairs: createPortableCrypto(randomBytes).keyPairs, randomBytes});
}

function refusal(keystore: Keystore, runtime: SessionKeyRuntime): string {
  const rotated = createKeysAnswers(keystore, runtime).rotate();
  return rotated.ok ? "rotated" : rotationFailureText(rotated.error);
}

test("where one of a chain's session keys is of a type that nobody here can make, none is made", () => {
  const keystore = keystoreOfTests();
  assert.equal(
    refusal(keystore, runtimeWith(["aura", "im"])),
    "session-keys-unsupported: the chain's session keys are aura, im, and this node has no use for keys of type im; none was made",
  );
  assert.deepEqual(keystore.keys("aura"), []);
});

test("keys that were made before one that could not be are named", () => {
  const keystore = keystoreOfTests();
  const told = refusal(keystore, runtimeWith(["aura"], ["aura", "what"]));
  const [made] = keystore.keys("aura");
  assert.ok(made !== undefined);
  assert.equal(
    told,
    `session-keys-incomplete: this node has no use for keys of type what; the aura key ${bytesToHex(made)} had been made and stays in the keystore, of no use by itself`,
  );
});

const POLKADOT = [
  ["gran", "ed25519"],
  ["babe", "sr25519"],
  ["imon", "sr25519"],
  ["para", "sr25519"],
  ["asgn", "sr25519"],
  ["audi", "sr25519"],
  ["beef", "ecdsa"],
] as const;

test("keys of whatever types a runtime asks for are made in the schemes that it says, held, and found by type", () => {
  const keystore = keystoreOfTests();
  const answers = createKeysAnswers(keystore, genuineRuntime(POLKADOT));
  const {keys: rotated} = unwrap(answers.rotate());
  assert.equal(rotated.length, 6 * 32 + 33);
  let at = 0;
  for (const [type, scheme] of POLKADOT) {
    const [key] = keystore.keys(type) as [Uint8Array];
    assert.deepEqual(rotated.subarray(at, at + key.length), key);
    at += key.length;
    assert.ok(answers.has(type, key));
    const message = Uint8Array.of(1, 2, 3);
    const signature = unwrap(keystore.signAs(scheme, type, key, message));
    const signed = createPortableSignatureVerifier().verify(scheme, signature, message, key);
    assert.ok(signed, type);
    const other = scheme === "sr25519" ? "ed25519" : "sr25519";
    assert.equal(keystore.signAs(other, type, key, message).ok, false);
  }
  assert.deepEqual(keystore.types(), POLKADOT.map(([type]) => type).sort());
});

test("a key of any type is inserted in the scheme in which the secret makes it, and in no other", () => {
  const keystore = keystoreOfTests();
  const answers = createKeysAnswers(keystore, runtimeWith([]));
  const {keyPairs} = createPortableCrypto(length => new Uint8Array(length));
  for (const [type, scheme] of [...POLKADOT.slice(1), ["zzzz", "ed25519"]] as const) {
    const {publicKey} = unwrap(keyPairs.fromUri(scheme, "//Alice"));
    unwrap(answers.insert(type, "//Alice", publicKey));
    const other = answers.insert(type, "//Bob", publicKey);
    assert.ok(!other.ok && other.error.code === "key-mismatch");
  }
  const short = answers.insert("zzzz", "//Alice", new Uint8Array(31));
  assert.ok(!short.ok && short.error.code === "key-length");
  const {publicKey: ed25519} = unwrap(keyPairs.fromUri("ed25519", "//Alice"));
  // Some chains seal by ed25519; none votes by sr25519.
  unwrap(answers.insert("aura", "//Alice", ed25519));
  const {publicKey: sr25519} = unwrap(keyPairs.fromUri("sr25519", "//Alice"));
  const gran = answers.insert("gran", "//Alice", sr25519);
  assert.ok(!gran.ok && gran.error.code === "key-mismatch");
});

test("a runtime that makes keys may prove that it has them, and nothing else with those that sign votes", () => {
  const keystore = keystoreOfTests();
  const old = unwrap(keystore.generate("gran"));
  const message = Uint8Array.of(9);
  let asked = 0;
  const runtime = genuineRuntime(POLKADOT.slice(0, 2), (keys, [gran, babe]) => {
    asked++;
    assert.equal(keys.publicKeys("ed25519", "gran").length, 2);
    assert.equal(keys.publicKeys("ecdsa", "gran").length, 0);
    assert.equal(keys.sign("ed25519", "gran", gran!, message)?.length, 64);
    assert.equal(keys.sign("sr25519", "babe", babe!, message)?.length, 64);
    assert.equal(keys.sign("ed25519", "gran", old, message), undefined);
    assert.equal(keys.sign("sr25519", "babe", old, message), undefined);
  });
  unwrap(createKeysAnswers(keystore, runtime).rotate());
  assert.equal(asked, 1);
});

test("a key that signs blocks or votes is made in a scheme that chains have for it, and in no other", () => {
  const keystore = keystoreOfTests();
  const runtime = genuineRuntime([["aura", "ed25519"]]);
  const {keys} = unwrap(createKeysAnswers(keystore, runtime).rotate());
  assert.equal(unwrap(keystore.sign("aura", keys, Uint8Array.of(1), "ed25519")).length, 64);
  const told = refusal(keystoreOfTests(), genuineRuntime([["gran", "sr25519"]]));
  assert.match(told, /this node has no use for sr25519 keys of type gran/);
});

test("a runtime that does not say what session keys it has is quoted", () => {
  const silent = {...runtimeWith([]), types: () => err("it has no such function")};
  assert.match(
    refusal(keystoreOfTests(), silent),
    /^session-keys-unavailable: .*no such function$/,
  );
});
