import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex, err, ok} from "#base";
import {createPortableCrypto} from "#crypto";
import {createMemoryKeystore, type Keystore} from "#keystore";
import {rotationFailureText} from "../methods/author/rotation-failure-text.ts";
import {createKeysAnswers, type SessionKeyRuntime} from "./keys-of-keystore.ts";

/** A runtime that lists these types, and asks for those. */
function runtimeWith(types: readonly string[], asked = types): SessionKeyRuntime {
  return {
    types: () => ok(types),
    generate(make) {
      for (const type of asked) if (make(type) === undefined) return err(`no ${type} key`);
      return ok(new Uint8Array(0));
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
    refusal(keystore, runtimeWith(["aura", "imon"])),
    "session-keys-unsupported: the chain's session keys are aura, imon, and this node has no use for keys of type imon; none was made",
  );
  assert.deepEqual(keystore.keys("aura"), []);
});

test("keys that were made before one that could not be are named", () => {
  const keystore = keystoreOfTests();
  const told = refusal(keystore, runtimeWith(["aura"], ["aura", "imon"]));
  const [made] = keystore.keys("aura");
  assert.ok(made !== undefined);
  assert.equal(
    told,
    `session-keys-incomplete: this node has no use for keys of type imon; the aura key ${bytesToHex(made)} had been made and stays in the keystore, of no use by itself`,
  );
});

test("a runtime that does not say what session keys it has is quoted", () => {
  const silent = {...runtimeWith([]), types: () => err("it has no such function")};
  assert.match(
    refusal(keystoreOfTests(), silent),
    /^session-keys-unavailable: .*no such function$/,
  );
});
