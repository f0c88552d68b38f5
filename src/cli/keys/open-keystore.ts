import {randomBytes} from "node:crypto";
import {createNativeCrypto} from "#crypto-native";
import {type Keystore, openDiskKeystore} from "#keystore";
import {keysError} from "./keystore-errors.ts";
import type {KeystorePlace} from "./keystore-place.ts";

/** The keystore of a place; made where there is none. */
export async function openKeystore({keystore, password}: KeystorePlace): Promise<Keystore> {
  const {keyPairs} = await createNativeCrypto();
  const opened = openDiskKeystore(
    {directory: keystore, password},
    {keyPairs, randomBytes: length => new Uint8Array(randomBytes(length))},
  );
  if (opened.ok) return opened.value;
  throw keysError(opened.error, keystore);
}
