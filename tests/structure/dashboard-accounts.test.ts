import assert from "node:assert/strict";
import {test} from "node:test";
import {accountName, keyOfName, WELL_KNOWN_KEYS} from "../../dashboard/src/text/account-name.ts";
import {bytesToHex, utf8Bytes} from "../../src/base/index.ts";
import {createPortableKeyPairs} from "../../src/crypto/index.ts";

const hex = (bytes: Uint8Array) => `0x${bytesToHex(bytes).replace(/^0x/, "")}`;

/** 32 bytes that begin so. */
function account(...parts: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(32);
  bytes.set(Uint8Array.from(parts.flatMap(part => [...part])));
  return hex(bytes);
}

test("each well-known account's key is that of its path below the phrase that everybody knows", () => {
  const pairs = createPortableKeyPairs(length => new Uint8Array(length));
  for (const [name, key] of Object.entries(WELL_KNOWN_KEYS)) {
    const pair = pairs.fromUri("sr25519", `//${name}`);
    assert.ok(pair.ok);
    assert.equal(hex(pair.value.publicKey), key, name);
    assert.equal(accountName(key), name);
    assert.equal(keyOfName(`//${name.toLowerCase()}`), key);
  }
});

test("an account is called alike by its addresses on all chains", () => {
  for (const bob of [
    "43qsYbZGLn2xzNuurY6BY4QNDSUU7gLEcXuckpm6B3DEmEx9",
    "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
  ]) {
    assert.equal(accountName(bob), "Bob");
  }
});

test("accounts that nobody holds a key to are called by what their bytes say, and others by nothing", () => {
  const pot = account(utf8Bytes("modlPotStake"));
  assert.equal(accountName(pot), "collators' pot");
  assert.equal(accountName(account(utf8Bytes("modlpy/trsry"))), "treasury");
  assert.equal(accountName(account(utf8Bytes("modlpy/nopls"))), "pallet py/nopls");
  assert.equal(
    accountName(account(utf8Bytes("sibl"), Uint8Array.of(0xd0, 0x07))),
    "parachain 2000",
  );
  assert.equal(accountName(account(utf8Bytes("sibl2"), new Uint8Array(20).fill(7))), undefined);
  assert.equal(accountName(account(Uint8Array.of(1))), undefined);
  assert.equal(keyOfName("Mallory"), undefined);
});
