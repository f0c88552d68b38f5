import {hasItem, readStorage, runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {chain} from "./chain.ts";

/** Who may call in the name of root: undefined where nobody has it, null where the chain has no such thing. */
export const sudoKey = asked<{readonly account: string | null | undefined}>(
  async () => {
    const runtime = await runtimeAt();
    if (!hasItem(runtime, "Sudo", "Key")) return {account: null};
    return {account: await readStorage<string | undefined>(["Sudo", "Key"], {runtime})};
  },
  whenChanges(chain, 1_000),
);
