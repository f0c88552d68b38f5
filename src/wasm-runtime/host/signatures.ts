import {concatBytes, equalBytes, type Result} from "#base";
import {
  PUBLIC_KEY_LENGTH,
  type RecoveryFailure,
  recoverEcdsaKey,
  SIGNATURE_LENGTH,
  SIGNATURE_SCHEMES,
  type SignatureScheme,
  uncompressedEcdsaKey,
} from "#crypto";
import {hostTrap} from "../host-trap.ts";
import type {CallContext} from "./call-context.ts";
import {data, fixed} from "./forms.ts";
import {type HostFunction, ofGroup} from "./host-function.ts";

const define = ofGroup("signatures");
const STRICT = {overflowing: false};
const LENIENT = {overflowing: true};

/** Bit of a signature's last byte that says that schnorrkel made it. */
const MARKED = 0x80;

/** Asks the host, which may know the answer; an account of an ecdsa key is the key's hash. */
function verify(
  {host, services}: CallContext,
  scheme: SignatureScheme,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const account = scheme === "ecdsa" ? services.hashing.blake2b256(publicKey) : publicKey;
  return host.verifySignature({scheme, signature, message, account});
}

function isSignerOf(
  {services}: CallContext,
  signature: Uint8Array,
  hash: Uint8Array,
  publicKey: Uint8Array,
  how: {readonly overflowing: boolean},
): boolean {
  const recovered = recoverEcdsaKey(services.signatures, signature, hash, how);
  return recovered.ok && equalBytes(recovered.value, publicKey);
}

const asNumber = (answer: boolean): number => (answer ? 1 : 0);

const parts = (scheme: SignatureScheme) =>
  [fixed(SIGNATURE_LENGTH[scheme]), data, fixed(PUBLIC_KEY_LENGTH[scheme])] as const;

const verifying = (name: string, scheme: SignatureScheme) =>
  define(name, parts(scheme), "i32", (call, signature, message, key) =>
    asNumber(verify(call, scheme, signature, message, key)),
  );

/** Checked at once, and remembered for the end of the batch. */
const batched = (scheme: SignatureScheme) =>
  define(`crypto_${scheme}_batch_verify_version_1`, parts(scheme), "i32", (call, ...of) => {
    const holds = verify(call, scheme, ...of);
    if (call.batch !== undefined) call.batch &&= holds;
    return asNumber(holds);
  });

/** `EcdsaVerifyError` of sp-io. */
const ERRORS: Readonly<Record<RecoveryFailure, number>> = {
  "bad-r-or-s": 0,
  "bad-v": 1,
  "bad-signature": 2,
};
const OK = Uint8Array.of(0);

const encodeRecovered = (
  key: Result<Uint8Array, RecoveryFailure>,
  form: (key: Uint8Array) => Uint8Array,
): Uint8Array => (key.ok ? concatBytes(OK, form(key.value)) : Uint8Array.of(1, ERRORS[key.error]));

const ecdsaSignature = fixed(SIGNATURE_LENGTH.ecdsa);
const hash = fixed(32);

const RECOVERING: readonly (readonly [string, (key: Uint8Array) => Uint8Array])[] = [
  ["crypto_secp256k1_ecdsa_recover", uncompressedEcdsaKey],
  ["crypto_secp256k1_ecdsa_recover_compressed", key => key],
];

/** Signatures of the three schemes (spec/wasm-engine §4.5). Answers are true at once: a runtime may branch on them. */
export const signatureFunctions: readonly HostFunction[] = [
  verifying("crypto_ed25519_verify_version_1", "ed25519"),
  verifying("crypto_sr25519_verify_version_2", "sr25519"),
  define(
    "crypto_sr25519_verify_version_1",
    parts("sr25519"),
    "i32",
    (call, signature, message, key) => {
      // Version 1 took signatures from before schnorrkel marked its own as well, by rules of their own.
      if ((signature[63]! & MARKED) === 0) hostTrap("sr25519 signatures of 2019 are not checked");
      return asNumber(verify(call, "sr25519", signature, message, key));
    },
  ),
  verifying("crypto_ecdsa_verify_version_2", "ecdsa"),
  define(
    "crypto_ecdsa_verify_version_1",
    parts("ecdsa"),
    "i32",
    (call, signature, message, key) => {
      const hashed = call.services.hashing.blake2b256(message);
      return asNumber(isSignerOf(call, signature, hashed, key, LENIENT));
    },
  ),
  define(
    "crypto_ecdsa_verify_prehashed_version_1",
    [ecdsaSignature, hash, fixed(PUBLIC_KEY_LENGTH.ecdsa)],
    "i32",
    (call, signature, hashed, key) => asNumber(isSignerOf(call, signature, hashed, key, STRICT)),
  ),
  ...RECOVERING.flatMap(([name, form]) =>
    [LENIENT, STRICT].map((how, i) =>
      define(
        `${name}_version_${i + 1}`,
        [ecdsaSignature, hash],
        "span",
        (call, signature, hashed) =>
          encodeRecovered(recoverEcdsaKey(call.services.signatures, signature, hashed, how), form),
      ),
    ),
  ),
  define("crypto_start_batch_verify_version_1", [], "nothing", call => {
    if (call.batch !== undefined) hostTrap("a batch of signatures is open already");
    call.batch = true;
  }),
  define("crypto_finish_batch_verify_version_1", [], "i32", call => {
    const held = call.batch ?? hostTrap("no batch of signatures is open");
    call.batch = undefined;
    return asNumber(held);
  }),
  ...SIGNATURE_SCHEMES.map(batched),
];
