import {MAX_U64} from "#codec";
import {encodeValue} from "./answers.ts";
import {data, fixed, key, u32} from "./forms.ts";
import {type HostFunction, hostFunction} from "./host-function.ts";

/** Heap and versions (spec/wasm-engine §4.6). */
export const memoryFunctions: readonly HostFunction[] = [
  hostFunction("allocator_malloc_version_1", "memory", [u32], "i32", ({memory}, size) =>
    memory.allocate(size),
  ),
  hostFunction("allocator_free_version_1", "memory", [u32], "nothing", ({memory}, address) =>
    memory.free(address),
  ),
];

export const versionFunctions: readonly HostFunction[] = [
  hostFunction("misc_runtime_version_version_1", "versions", [data], "span", ({services}, code) =>
    encodeValue(services.versionOf(code)),
  ),
];

const hash = fixed(32);

/**
 * What a block leaves for databases beside its state, which this program has none of: it is taken and dropped, as upstream's
 * nodes do that were not told to keep it. The size of a proof is part of consensus where a runtime counts it as weight.
 */
export const indexingFunctions: readonly HostFunction[] = [
  hostFunction("offchain_index_set_version_1", "indexing", [key, data], "nothing", () => {}),
  hostFunction("offchain_index_clear_version_1", "indexing", [key], "nothing", () => {}),
  hostFunction(
    "transaction_index_index_version_1",
    "indexing",
    [u32, u32, hash],
    "nothing",
    () => {},
  ),
  hostFunction("transaction_index_renew_version_1", "indexing", [u32, hash], "nothing", () => {}),
  hostFunction(
    "storage_proof_size_storage_proof_size_version_1",
    "indexing",
    [],
    "i64",
    ({host}) => host.proofSize?.() ?? MAX_U64,
  ),
];
