import {formatReport, type Logger} from "#base";
import type {Runtimes} from "#core";
import type {BlockHashing} from "#crypto";
import type {ChainStore} from "#store";
import type {WasmRuntimeOfVersion} from "#wasm-runtime";

/** Runtimes of chains that hash by Keccak ask for roots of lists by it; others have no use for these. */
const KECCAK_ROOTS = [1, 2].map(version => `ext_trie_keccak_256_ordered_root_version_${version}`);

/**
 * What a chain hashes by is built into its nodes, and its code only hints at it. Where spec and operator say nothing and the
 * hint is there, the genesis hash is most likely another than the chain's own, and nothing else would say so.
 */
export function warnOfBlockHashing(
  said: BlockHashing | undefined,
  store: Pick<ChainStore, "best" | "stateAt">,
  runtimes: Runtimes,
  logger: Logger,
): void {
  if (said !== undefined) return;
  const state = store.stateAt(store.best.hash);
  const runtime = state === undefined ? undefined : runtimes.runtimeOf(state);
  const {imports} = (runtime?.ok ? runtime.value : {}) as Partial<WasmRuntimeOfVersion>;
  if (!KECCAK_ROOTS.some(name => imports?.has(name))) return;
  logger.log(
    "warn",
    "node",
    formatReport({
      code: "block-hashing-unsaid",
      what: "the chain's runtime makes roots by Keccak-256, and nothing says that the chain hashes by it",
      did: "went on with BLAKE2b-256: if that is wrong, genesis hash and all roots are not the chain's",
      todo: 'say "blockHashing": "keccak-256" in the chain spec, or --block-hashing keccak-256 (or blake2-256)',
    }),
  );
}
