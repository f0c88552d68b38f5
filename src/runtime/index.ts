/**
 * The runtime of this program's own chains: what a chain of collators does, block by block, as a pure function over state. To
 * the node it is one guest among others, behind `createKhalaEngine`. `frame` says how a
 * pallet is declared, `pallets` holds one folder each, `extensions` the checks around a transaction, `executive`
 * the order of things, `api` what may be asked, `code` the blob that stands for all this, `chains`
 * which pallets with which constants.
 *
 * Whoever composes a chain of ours (chain-spec presets, the test kit, tests of conformance) uses the parts; all else goes
 * through the seam of `runtime-api`.
 *
 * Out of scope: other runtimes, and how this one's metadata is read (`description`).
 */

export * from "./chains/index.ts";
export {
  type CodeHost,
  ourVersion,
  runCode,
} from "./code/index.ts";
export {errorName, type RuntimeCall} from "./frame/index.ts";
export {palletAccount} from "./pallets/collator-selection/index.ts";
export {AURA_KEY, GRANDPA_KEY, type SessionKeys} from "./pallets/session/index.ts";
export type {AccountInfo} from "./pallets/system/index.ts";
