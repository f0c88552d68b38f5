import {randomBytes} from "node:crypto";
import {err, ok, type Result} from "#base";
import type {CryptoSuite} from "#crypto";
import {describeKeystoreFailure, type Keystore, openDiskKeystore} from "#keystore";
import type {NodeConfiguration} from "./configuration.ts";

/** Opens the keystore that the operator named, or the standard one. */
export function openKeystore(
  {keystorePath, password}: Pick<NodeConfiguration, "keystorePath" | "password">,
  standard: string,
  {keyPairs}: CryptoSuite,
): Result<Keystore, string> {
  const keystore = openDiskKeystore(
    {directory: keystorePath ?? standard, password},
    {keyPairs, randomBytes: length => new Uint8Array(randomBytes(length))},
  );
  return keystore.ok ? ok(keystore.value) : err(describeKeystoreFailure(keystore.error));
}
