import type {Report} from "#base";
import {auraAuthorities, describeApiFailure, type RuntimeHost} from "#runtime-api";
import type {Blockchain} from "./chain/blockchain.ts";
import {fatalReport} from "./fatal-report.ts";
import {chainEnded} from "./runtimes/index.ts";
import {StateUnreadable} from "./state-unreadable.ts";

/**
 * Why no block can follow the head, where root saw to that: the runtime is gone, or nobody is left to author. Undefined
 * where the chain goes on. Looked at with each new head and at the start, so that both say the same.
 */
export function whyEnded(
  chain: Blockchain,
  host: Pick<RuntimeHost, "verifySignature">,
): Report | undefined {
  const {state, number} = chain.head;
  const runtime = chain.resolution(state);
  if (!runtime.ok) return chainEnded(number, runtime.error);
  const authorities = auraAuthorities(runtime.value, chain.host(state, host));
  if (!authorities.ok) return unreadable(describeApiFailure(authorities.error));
  return authorities.value.length > 0
    ? undefined
    : unreadable("there are no authorities, so nobody can make a block");
}

const unreadable = (reason: string): Report => fatalReport(new StateUnreadable(reason));
