export type {ClassLimits, FixedCall, LightClientContents, StorageKeys} from "./contents.ts";
export {lightClientModule} from "./module.ts";
