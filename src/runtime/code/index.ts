/**
 * `:code`, the blob by which clients know which runtime a chain runs, and from which light clients ask what they
 * cannot know themselves: who authors, who votes, what a nonce is, what metadata says, whether a transaction is worth
 * passing on. Ours is a small WebAssembly module that this folder writes when a genesis is made.
 *
 * **It is not the runtime.** The runtime is this program's TypeScript; blocks are executed by it alone. The module's
 * sections carry the runtime's version and our marker, so that this program recognises its own and refuses to go on
 * under any other. What the module says follows from the runtime's declarations: constant answers and metadata are
 * bytes that the runtime itself gave, storage keys are the pallets', calls are decoded by the type information that
 * metadata publishes, weights and fees are those that the calls declare. On a state between two blocks each function
 * answers, byte for byte, what the runtime does; where the runtime fails, it traps. The exceptions:
 *
 * - A call whose weight or class depends on its arguments (lists, remarks, calls that carry calls: `System.remark`,
 *   `set_storage`, `kill_*`, `Balances.upgrade_accounts`, `CollatorSelection.set_invulnerables`, `Utility`, `Sudo`
 *   but for `set_key`) is decoded, and its weight and class are not known. `query_info`, `query_fee_details` and
 *   their like for calls trap. `validate_transaction` checks all of it but these: that the fee can be paid, that one
 *   such call fits into a block by weight, that it is not Mandatory within. Its length is held against the limit of
 *   Normal, and its priority counts how often that length fits into a block, without weight or the bonus of
 *   Operational calls: it may be higher than the runtime's, and an Operational one's is lower.
 * - Inside of a block under construction `validate_transaction` does not count the bytes of the transactions before.
 * - Not exported, and so "not found": all that executes or builds blocks, `SessionKeys_generate_session_keys`,
 *   `OffchainWorkerApi`, and the reports of `GrandpaApi`, which this chain does not take.
 *
 * `runCode` runs a module as a light client would: that is how a node finds out which keys a call reads, and how
 * tests hold the module against the runtime.
 *
 * Out of scope: executing foreign runtimes, compressing the module.
 */
export {buildCode, ourVersion, versionSections} from "./code-blob.ts";
export type {CodeHost} from "./code-host.ts";
export {
  type ClassLimits,
  type FixedCall,
  type LightClientContents,
  lightClientModule,
  type StorageKeys,
} from "./light-client/index.ts";
export {type CodeRunFailure, runCode} from "./run-code.ts";
