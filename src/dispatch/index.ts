/**
 * A call carried out with any origin, on a chain that a developer has for himself: root's, a council's with its share, an account's
 * whose secret nobody here has. A runtime takes no such call from outside, so it goes the way that the runtime itself accepts:
 * signed, where the secret is known; by the sudo pallet, where its key is; and else by the scheduler, into whose agenda the call
 * is written with its origin, to be carried out in the block after. Which way it was is part of the answer.
 *
 * Out of scope: making the blocks (`node`), and transactions of others (`description`).
 */
export {agendaEntry} from "./agenda.ts";
export {type DispatchOutcome, outcomeIn} from "./dispatch-outcome.ts";
export {
  type DispatchFailure,
  type DispatchGround,
  type DispatchPlan,
  type DispatchRequest,
  planDispatch,
} from "./plan-dispatch.ts";
