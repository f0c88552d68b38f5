import {randomBytes} from "node:crypto";
import {bytesToHex, ok, type Result} from "#base";
import {
  createPortableKeyPairs,
  isPhrase,
  type SecretUriFailure,
  type SignatureScheme,
  type Ss58Prefix,
  secretKeyFromUri,
} from "#crypto";
import {type AccountDescription, describePublicKey} from "./account-description.ts";

/** The account of a secret URI, together with the secret: this is shown to its owner, who asked for it. */
export function describeSecret(
  scheme: SignatureScheme,
  uri: string,
  prefix: Ss58Prefix,
  password: string | undefined,
): Result<AccountDescription, SecretUriFailure> {
  const secret = secretKeyFromUri(scheme, uri, password);
  if (!secret.ok) return secret;
  const {publicKey} = createPortableKeyPairs(randomBytes).fromSecret(secret.value);
  const seed = secret.value.exposeSeed();
  return ok({
    ...(isPhrase(uri) ? {secretPhrase: uri} : {secretKeyUri: uri}),
    secretSeed: seed === undefined ? "n/a" : bytesToHex(seed),
    ...describePublicKey(scheme, publicKey, prefix),
  });
}
