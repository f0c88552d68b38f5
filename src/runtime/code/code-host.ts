import {bytesToBinary, concatBytes} from "#base";
import {bytes, encode, option} from "#codec";
import type {Hashing, SignatureVerifier} from "#crypto";
import type {Externalities} from "#state";
import type {CodeMemory} from "./code-memory.ts";

/** What a module may ask while it runs. Storage is read through `state.get` and in no other way. */
export interface CodeHost {
  readonly state: Pick<Externalities, "get" | "fenced">;
  readonly hashing: Hashing;
  readonly signatures: Pick<SignatureVerifier, "verify" | "ecdsaRecoverHashed">;
}

const storedValue = option(bytes);
const RECOVERED = Uint8Array.of(0);
/** `Err(BadSignature)`: the runtime treats all reasons alike. */
const NOT_RECOVERED = Uint8Array.of(1, 2);

/** Substrate's host functions that our modules import, by their names there (spec/network §5). */
export function hostFunctions(
  {state, hashing, signatures}: CodeHost,
  memory: () => CodeMemory,
): Readonly<Record<string, (...args: never[]) => number | bigint>> {
  const hash = (of: (data: Uint8Array) => Uint8Array) => (data: bigint) =>
    memory().write(of(memory().readSpan(data)));
  const verify =
    (scheme: "ed25519" | "sr25519") => (signature: number, message: bigint, key: number) =>
      signatures.verify(
        scheme,
        memory().read(signature, 64),
        memory().readSpan(message),
        memory().read(key, 32),
      )
        ? 1
        : 0;
  return {
    ext_storage_get_version_1: (key: bigint) =>
      memory().writeSpan(encode(storedValue, state.get(bytesToBinary(memory().readSpan(key))))),
    ext_allocator_malloc_version_1: (size: number) => memory().allocate(size),
    ext_hashing_blake2_128_version_1: hash(data => hashing.blake2b128(data)),
    ext_hashing_blake2_256_version_1: hash(data => hashing.blake2b256(data)),
    ext_hashing_twox_64_version_1: hash(data => hashing.twox64(data)),
    ext_crypto_ed25519_verify_version_1: verify("ed25519"),
    ext_crypto_sr25519_verify_version_2: verify("sr25519"),
    ext_crypto_secp256k1_ecdsa_recover_compressed_version_2: (signature: number, of: number) => {
      const key = signatures.ecdsaRecoverHashed(
        memory().read(signature, 65),
        memory().read(of, 32),
      );
      return memory().writeSpan(key === undefined ? NOT_RECOVERED : concatBytes(RECOVERED, key));
    },
  };
}
