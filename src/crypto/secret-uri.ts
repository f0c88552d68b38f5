import {err, hex, hexToBytes, ok, type Result} from "#base";
import {type DerivationFailure, deriveSecretKey} from "./derivation.ts";
import {type Junction, junctionFromText} from "./junction.ts";
import {phraseToSeed} from "./mnemonic.ts";
import {type SecretKey, type SecretKeyFailure, secretKeyFromSeed} from "./secret-key.ts";
import type {SignatureScheme} from "./signatures.ts";

/** What a secret URI without a phrase stands on: `//Alice` is `DEV_PHRASE//Alice`. Public, so worthless as a secret. */
export const DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

/** The seed of `DEV_PHRASE` without a password: PBKDF2 takes some 20 ms, and a start derives a dozen dev keys. */
const DEV_SEED = hex("0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e");

/** None of these carries any part of the URI: a mistyped secret is still a secret. */
export type SecretUriFailure =
  /** Nothing, or a password and nothing else. */
  | {code: "uri-empty"}
  | {code: "uri-syntax"}
  | {code: "phrase-invalid"}
  | {code: "seed-not-hex"}
  | SecretKeyFailure
  | DerivationFailure;

/** A secret URI cut into its parts. Holds secrets: never log it. */
export interface SecretUri {
  /** A mnemonic, or `0x` and 64 hex digits. */
  readonly phrase: string;
  readonly junctions: readonly Junction[];
  readonly password: string | undefined;
}

/** `[phrase|0xseed][//hard][/soft]*[///password]`; the password runs to the end of the line. */
const SECRET_URI = /^(?<phrase>[a-zA-Z0-9 ]+)?(?<path>(?:\/\/?[^/]+)*)(?:\/\/\/(?<password>.*))?$/;

/**
 * Upstream reads an empty text as the dev phrase itself. Nobody writes that on purpose: it is what an empty file or a
 * failed pipe leaves, and the key would be everybody's. A path (`//Alice`) is written out, and stands on that phrase.
 */
export function parseSecretUri(uri: string): Result<SecretUri, SecretUriFailure> {
  const parts = SECRET_URI.exec(uri)?.groups;
  if (parts === undefined) return err({code: "uri-syntax"});
  if ((parts.phrase ?? "").trim() === "" && parts.path === "") return err({code: "uri-empty"});
  const junctions: Junction[] = [];
  for (const [, slash, text] of parts.path!.matchAll(/\/(\/?)([^/]+)/g)) {
    junctions.push(junctionFromText(text!, slash === "/"));
  }
  return ok({phrase: parts.phrase ?? DEV_PHRASE, junctions, password: parts.password});
}

/** `password`, where given, takes the place of the one in the URI. A seed written as hex knows no password. */
export function secretKeyFromUri(
  scheme: SignatureScheme,
  uri: string,
  password?: string,
): Result<SecretKey, SecretUriFailure> {
  const parsed = parseSecretUri(uri);
  if (!parsed.ok) return parsed;
  const seed = seedOf(parsed.value.phrase, password ?? parsed.value.password ?? "");
  if (!seed.ok) return seed;
  const root = secretKeyFromSeed(scheme, seed.value);
  return root.ok ? deriveSecretKey(root.value, parsed.value.junctions) : root;
}

function seedOf(phrase: string, password: string): Result<Uint8Array, SecretUriFailure> {
  if (phrase.startsWith("0x")) {
    const seed = hexToBytes(phrase);
    return seed === undefined ? err({code: "seed-not-hex"}) : ok(seed);
  }
  if (phrase === DEV_PHRASE && password === "") return ok(DEV_SEED);
  const seed = phraseToSeed(phrase, password);
  return seed === undefined ? err({code: "phrase-invalid"}) : ok(seed);
}
