import {type ChainRuntime, runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {status} from "./collator.ts";

/** What the best block's bytes mean; asked for again and again, since an upgrade may come while the page is open. */
export const currentRuntime = asked<ChainRuntime>(() => runtimeAt(), whenChanges(status, 5_000));
