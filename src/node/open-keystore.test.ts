import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {unwrap} from "#base";
import {WELL_KNOWN_ACCOUNTS} from "#crypto";
import {createNativeCrypto} from "#crypto-native";
import {insertDevKeys} from "./dev-keys.ts";
import {openKeystore} from "./open-keystore.ts";

const directory = mkdtempSync(join(tmpdir(), "khala-dev-keys-"));
after(() => rmSync(directory, {recursive: true, force: true}));

const kinds = (...types: string[]) => types.map(keyType => ({keyType, scheme: undefined}));

test("well-known keys are the ones that everybody knows, whether the keystore has a password or not", async () => {
  const crypto = await createNativeCrypto();
  const alice = WELL_KNOWN_ACCOUNTS.find(({name}) => name === "Alice")!;
  for (const password of [undefined, "a password"]) {
    const keystorePath = join(directory, password ?? "none");
    const open = () => {
      const keystore = unwrap(openKeystore({keystorePath, password}, directory, crypto));
      unwrap(insertDevKeys(keystore, crypto.keyPairs, ["//Alice"], kinds("aura", "gran")));
      return keystore;
    };
    for (const keystore of [open(), open()]) {
      assert.deepEqual(keystore.keys("aura"), [alice.sr25519]);
      assert.deepEqual(keystore.keys("gran"), [alice.ed25519]);
      const message = new Uint8Array([1, 2, 3]);
      const signature = unwrap(keystore.sign("aura", alice.sr25519, message));
      assert.ok(crypto.signatures.verify("sr25519", signature, message, alice.sr25519));
    }
  }
});

test("well-known keys of a chain one of whose types is of no use here are refused by name, and none is stored", async () => {
  const crypto = await createNativeCrypto();
  const keystorePath = join(directory, "strange");
  const keystore = unwrap(openKeystore({keystorePath, password: undefined}, directory, crypto));
  const refused = insertDevKeys(keystore, crypto.keyPairs, ["//Alice"], kinds("aura", "zzzz"));
  assert.match(String(!refused.ok && refused.error), /key-type-unknown: .*aura, zzzz.*type zzzz/);
  assert.deepEqual(keystore.keys("aura"), []);
});
