import type {Report} from "#base";
import type {BlockAnswers} from "./chain/block-answers.ts";
import type {Blockchain} from "./chain/blockchain.ts";
import {fatalReport} from "./fatal-report.ts";
import {chainEnded} from "./runtimes/index.ts";
import {StateUnreadable} from "./state-unreadable.ts";

/**
 * Why no block can follow the head, where root saw to that: the runtime is gone, or nobody is left to author. Undefined
 * where the chain goes on. Looked at with each new head and at the start, so that both say the same.
 */
export function whyEnded(chain: Blockchain, answers: BlockAnswers): Report | undefined {
  const {head} = chain;
  const runtime = chain.resolution(head.state);
  if (!runtime.ok) return chainEnded(head.number, runtime.error);
  const authorities = answers.authorities(head);
  if (!authorities.ok) return unreadable(authorities.error);
  return authorities.value.length > 0
    ? undefined
    : unreadable("there are no authorities, so nobody can make a block");
}

const unreadable = (reason: string): Report => fatalReport(new StateUnreadable(reason));
