import type {ModuleWriter} from "#wasm";

/**
 * What the module asks of its host, by the names and signatures of Substrate's host interface. An i64 that stands for
 * bytes is `length << 32 | address`; whatever a host returns it has put into memory of its own allocator.
 */
export function importHostFunctions(module: ModuleWriter) {
  return {
    /** (key) -> SCALE `Option<Vec<u8>>` */
    storageGet: module.importFunction("ext_storage_get_version_1", ["i64"], "i64"),
    /** (size) -> address */
    allocate: module.importFunction("ext_allocator_malloc_version_1", ["i32"], "i32"),
    /** (data) -> address of the hash; so the next two */
    blake2b128: module.importFunction("ext_hashing_blake2_128_version_1", ["i64"], "i32"),
    blake2b256: module.importFunction("ext_hashing_blake2_256_version_1", ["i64"], "i32"),
    twox64: module.importFunction("ext_hashing_twox_64_version_1", ["i64"], "i32"),
    /** (signature, message, public key) -> 1 if it holds */
    verifyEd25519: module.importFunction(
      "ext_crypto_ed25519_verify_version_1",
      ["i32", "i64", "i32"],
      "i32",
    ),
    /** As for ed25519. */
    verifySr25519: module.importFunction(
      "ext_crypto_sr25519_verify_version_2",
      ["i32", "i64", "i32"],
      "i32",
    ),
    /** (signature, hash of the message) -> SCALE `Result<[u8; 33], error>` */
    recoverEcdsa: module.importFunction(
      "ext_crypto_secp256k1_ecdsa_recover_compressed_version_2",
      ["i32", "i32"],
      "i64",
    ),
  };
}

export type HostFunctions = ReturnType<typeof importHostFunctions>;
