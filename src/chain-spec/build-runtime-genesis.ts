import {createPortableHashing, createPortableSignatureVerifier} from "#crypto";
import {createRuntime} from "#wasm-runtime";
import {type BuildRuntimeGenesis, buildWithRuntime} from "./runtime-genesis.ts";

/** Builds a genesis by its own runtime, run as it is. Once a start and without haste, so that plain hashes do. */
export const buildRuntimeGenesis: BuildRuntimeGenesis = genesis => {
  const hashing = createPortableHashing();
  const signatures = createPortableSignatureVerifier();
  const runtime = createRuntime(genesis.code, {hashing, signatures});
  return runtime.ok ? buildWithRuntime(genesis, runtime.value, hashing) : runtime;
};
