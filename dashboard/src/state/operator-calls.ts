import {type ChainRuntime, hasCall, readConstant, runtimeAt} from "../chain/runtime.ts";
import {whenChanges} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {status} from "./collator.ts";

/** How an operator's calls are on this chain, which differs between generations of runtimes. */
export interface OperatorCalls {
  /** Places go by bonds, and a candidate may change its own. */
  readonly takesBonds: boolean;
  /** Somebody may put up more than a candidate has, and stand in its stead. */
  readonly takesPlaces: boolean;
  /** What is held of who has session keys, in the smallest unit; 0 where the chain asks for none. */
  readonly keyDeposit: bigint;
  /** Keys are registered with a proof that whoever registers them has them. */
  readonly asksForProof: boolean;
}

/** `SessionKeys`, by the hash of its name: from this version on it makes keys for an owner, with a proof. */
const SESSION_KEYS = "0xab3c0572291feb8b";
const PROVING = 2;

/** Asked for again and again: an upgrade may change them while the page is open. */
export const operatorCalls = asked<OperatorCalls>(
  async () => callsOf(await runtimeAt()),
  whenChanges(status, 10_000),
);

function callsOf(runtime: ChainRuntime): OperatorCalls {
  const keyDeposit = readConstant<unknown>(runtime, "Session", "KeyDeposit");
  return {
    takesBonds: hasCall(runtime, "CollatorSelection", "update_bond"),
    takesPlaces: hasCall(runtime, "CollatorSelection", "take_candidate_slot"),
    keyDeposit: typeof keyDeposit === "bigint" ? keyDeposit : 0n,
    asksForProof: runtime.apis.some(([id, version]) => id === SESSION_KEYS && version >= PROVING),
  };
}
