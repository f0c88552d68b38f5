/** Parts of the runtime that chains composed in tests are made of. */
export * from "./frame/index.ts";
export * from "./pallets/balances/index.ts";
export {collatorSelectionCalls} from "./pallets/collator-selection/calls/index.ts";
export {removeCandidate} from "./pallets/collator-selection/candidates.ts";
export type {
  CollatorSelectionDependencies,
  Selection,
} from "./pallets/collator-selection/config.ts";
export * from "./pallets/collator-selection/index.ts";
export {noteAuthor} from "./pallets/collator-selection/note-author.ts";
export {collatorSelectionStorage} from "./pallets/collator-selection/storage.ts";
export {collatorSelectionWeights} from "./pallets/collator-selection/weights.ts";
export * from "./pallets/session/index.ts";
export * from "./pallets/system/index.ts";
export * from "./pallets/transaction-payment/index.ts";
