import {randomBytes} from "node:crypto";
import {bytesToHex, err, formatReport, ok, type Result} from "#base";
import {SESSION_KEY_TYPES} from "#core";
import {type CryptoSuite, type KeyPairs, secretKeyFromUri} from "#crypto";
import {describeKeystoreFailure, type Keystore, openDiskKeystore, schemeOfKeyType} from "#keystore";
import type {NodeConfiguration} from "./configuration.ts";

/** Opens the keystore and puts the session keys of the well-known accounts asked for into it. */
export function openKeystore(
  {
    keystorePath,
    password,
    devKeys,
  }: Pick<NodeConfiguration, "keystorePath" | "password" | "devKeys">,
  standard: string,
  {keyPairs}: CryptoSuite,
): Result<Keystore, string> {
  const keystore = openDiskKeystore(
    {directory: keystorePath ?? standard, password},
    {keyPairs, randomBytes: length => new Uint8Array(randomBytes(length))},
  );
  if (!keystore.ok) return err(describeKeystoreFailure(keystore.error));
  const inserted = insertDevKeys(keystore.value, keyPairs, devKeys);
  return inserted.ok ? keystore : inserted;
}

/** Puts the session keys of these secret URIs into a keystore. */
export function insertDevKeys(
  keystore: Keystore,
  keyPairs: KeyPairs,
  uris: readonly string[],
): Result<void, string> {
  for (const uri of uris) {
    for (const keyType of SESSION_KEY_TYPES) {
      const secret = secretKeyFromUri(schemeOfKeyType(keyType), uri);
      if (!secret.ok) return err(formatReport({code: "key-invalid", what: `${uri} is no key`}));
      const {publicKey} = keyPairs.fromSecret(secret.value);
      let inserted = keystore.insert(keyType, uri, publicKey);
      const seed = secret.value.exposeSeed();
      if (!inserted.ok && inserted.error.code === "key-mismatch" && seed !== undefined) {
        // The keystore has a password, which makes another key of a phrase and none of a seed.
        inserted = keystore.insert(keyType, bytesToHex(seed), publicKey);
      }
      if (!inserted.ok) return err(describeKeystoreFailure(inserted.error));
    }
  }
  return ok();
}
