import type {Report} from "#base";
import {apiVersion} from "#runtime-api";
import type {BlockAnswers} from "./chain/block-answers.ts";
import type {Blockchain} from "./chain/blockchain.ts";
import {fatalReport} from "./fatal-report.ts";
import {chainEnded} from "./runtimes/index.ts";
import {StateUnreadable} from "./state-unreadable.ts";

/**
 * Why no block can follow the head: the runtime is gone, does not say who authors and when, or nobody is left to. Undefined
 * where the chain goes on. Looked at with each new head and at the start, so that both say the same.
 */
export function whyEnded(chain: Blockchain, answers: BlockAnswers): Report | undefined {
  const {head} = chain;
  const runtime = chain.resolution(head.state);
  if (!runtime.ok) return chainEnded(head.number, runtime.error);
  if (apiVersion(runtime.value, "AuraApi") === undefined) return consensusUnknown(head.number);
  const authorities = answers.authorities(head);
  if (!authorities.ok) return unreadable(authorities.error);
  const duration = answers.slotDuration(head);
  if (!duration.ok) return unreadable(duration.error);
  return authorities.value.length > 0
    ? undefined
    : unreadable("there are no authorities, so nobody can make a block");
}

const unreadable = (reason: string): Report => fatalReport(new StateUnreadable(reason));

/** Nothing is wrong with the chain: its blocks are made in a way that this program does not know. */
const consensusUnknown = (block: number): Report => ({
  code: "consensus-unknown",
  what: `from block ${block} on the chain's runtime does not say who authors (it has no AuraApi)`,
  did: "not running; what is on disk is whole",
  todo: "this program runs chains whose blocks are made by Aura",
});
