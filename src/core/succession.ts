import type {Report} from "#base";
import {apiVersion} from "#runtime-api";
import type {BlockAnswers, Unanswered} from "./chain/block-answers.ts";
import type {Blockchain, Head} from "./chain/blockchain.ts";
import {fatalReport} from "./fatal-report.ts";
import {CHAIN_ENDED_TODO, chainEnded} from "./runtimes/index.ts";
import {StateUnreadable} from "./state-unreadable.ts";

/**
 * Why no block can follow a head, the chain's own if no other is meant: the runtime is gone, does not say who authors and
 * when, or nobody is left to. Undefined where the chain goes on. Looked at with each new head and at the start, so that both
 * say the same, and before a block is made that root has a hand in.
 */
export function whyEnded(
  chain: Pick<Blockchain, "head" | "resolution">,
  answers: BlockAnswers,
  head: Pick<Head, "hash" | "number" | "state"> = chain.head,
): Report | undefined {
  const runtime = chain.resolution(head.state);
  if (!runtime.ok) return chainEnded(head.number, runtime.error);
  if (apiVersion(runtime.value, "AuraApi") === undefined) return consensusUnknown(head.number);
  const authorities = answers.authorities(head);
  if (!authorities.ok) return unreadable(authorities.error);
  const duration = answers.slotDuration(head);
  if (!duration.ok) return unreadable(duration.error);
  return authorities.value.length > 0 ? undefined : nobodyLeft(head.number);
}

const nobodyLeft = (block: number): Report => ({
  code: "chain-ended",
  what: `no block can follow block ${block}: there are no authorities, so that nobody can make one`,
  did: "not running; what is on disk is whole",
  todo: CHAIN_ENDED_TODO,
});

/** That a runtime took too long says nothing of its chain. */
export const NOT_IN_TIME = "runtime-too-slow";

const unreadable = ({reason, isGivenUp}: Unanswered): Report =>
  isGivenUp
    ? {
        code: NOT_IN_TIME,
        what: `the chain's runtime did not answer in time: ${reason}`,
        did: "not running; what is on disk is whole",
        todo: "start again when the machine has less to do",
      }
    : fatalReport(new StateUnreadable(reason));

/** Nothing is wrong with the chain: its blocks are made in a way that this program does not know. */
const consensusUnknown = (block: number): Report => ({
  code: "consensus-unknown",
  what: `from block ${block} on the chain's runtime does not say who authors (it has no AuraApi)`,
  did: "not running; what is on disk is whole",
  todo: "this program runs chains whose blocks are made by Aura",
});
