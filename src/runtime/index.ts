/**
 * The runtime: what a chain of collators does, block by block, as a pure function over state. `frame` says how a
 * pallet is declared, `pallets` holds one folder each, `extensions` the checks around a transaction, `executive`
 * the order of things, `api` what may be asked, `code` the blob that stands for all this, `chains`
 * which pallets with which constants.
 *
 * The node uses only `createRuntime` and what it needs to make a genesis; everything else goes through the
 * runtime-API seam. Tests and conformance chains compose from the parts.
 */

export * from "./chains/index.ts";
export {
  type CodeHost,
  customSection,
  ourVersion,
  runCode,
} from "./code/index.ts";
export {errorName, type RuntimeCall} from "./frame/index.ts";
export {palletAccount} from "./pallets/collator-selection/index.ts";
export {AURA_KEY, GRANDPA_KEY, type SessionKeys} from "./pallets/session/index.ts";
export type {AccountInfo} from "./pallets/system/index.ts";
