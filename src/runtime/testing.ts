/** Parts of the runtime that chains composed in tests are made of. */
export {type Call, ensureRoot, type Pallet, PalletScope} from "./frame/index.ts";
export * from "./pallets/balances/index.ts";
export * from "./pallets/collator-selection/index.ts";
export * from "./pallets/session/index.ts";
export * from "./pallets/system/index.ts";
