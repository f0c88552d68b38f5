import {runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {chain} from "./chain.ts";

/** By which addresses are written on this chain. */
export const addressPrefix = asked<number>(
  async () => (await runtimeAt()).addressPrefix,
  whenChanges(chain, 1_000),
);
