import {blake2b} from "@noble/hashes/blake2.js";
import {HDKD} from "@scure/sr25519";
import {concatBytes, err, ok, type Result, utf8Bytes} from "#base";
import {encodeText, type Junction} from "./junction.ts";
import {SecretKey, type SecretKeyFailure, secretKeyFromSeed} from "./secret-key.ts";
import type {SignatureScheme} from "./signatures.ts";
import {hardDerivedSeed} from "./sr25519-hard-derivation.ts";

export type DerivationFailure =
  | {code: "soft-derivation-unsupported"; scheme: SignatureScheme}
  | SecretKeyFailure;

/**
 * The nonce of a softly derived key comes from the parent's secrets and these bytes. schnorrkel draws them at
 * random; nothing but a nonce seed depends on them and it stays secret without, so one URI gives one key here.
 */
const NO_RANDOMNESS = new Uint8Array(32);

/** Walks the path. sr25519 knows soft and hard junctions, the other schemes hard ones only. */
export function deriveSecretKey(
  root: SecretKey,
  junctions: readonly Junction[],
): Result<SecretKey, DerivationFailure> {
  let key = root;
  for (const junction of junctions) {
    const next =
      key.scheme === "sr25519" ? deriveSr25519(key, junction) : deriveSeeded(key, junction);
    if (!next.ok) return next;
    key = next.value;
  }
  return ok(key);
}

function deriveSr25519(key: SecretKey, junction: Junction): Result<SecretKey, DerivationFailure> {
  const bytes = key.exposeBytes();
  if (!junction.hard) {
    const child = HDKD.secretSoft(bytes, junction.chainCode, NO_RANDOMNESS);
    return ok(new SecretKey("sr25519", child, undefined));
  }
  // Like subkey, a seed is only shown for a path that is hard from its start; the key is the same either way.
  const child = secretKeyFromSeed("sr25519", hardDerivedSeed(bytes, junction.chainCode));
  if (!child.ok || key.exposeSeed() !== undefined) return child;
  return ok(new SecretKey("sr25519", child.value.exposeBytes(), undefined));
}

const DOMAIN: Readonly<Record<Exclude<SignatureScheme, "sr25519">, string>> = {
  ed25519: "Ed25519HDKD",
  ecdsa: "Secp256k1HDKD",
};

function deriveSeeded(key: SecretKey, junction: Junction): Result<SecretKey, DerivationFailure> {
  const {scheme} = key;
  if (scheme === "sr25519" || !junction.hard) {
    return err({code: "soft-derivation-unsupported", scheme});
  }
  const domain = encodeText(utf8Bytes(DOMAIN[scheme]));
  const material = concatBytes(domain, key.exposeBytes(), junction.chainCode);
  return secretKeyFromSeed(scheme, blake2b(material, {dkLen: 32}));
}
