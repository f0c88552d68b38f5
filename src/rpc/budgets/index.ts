/**
 * What all clients of a process share. A limit for each message and each connection does not bound what a thousand of
 * them come to; these do: bytes of requests and of answers, keys followed, subscriptions, and the one thread. A budget
 * keeps some for whoever asks for little, and takes from who holds most, so that running out is felt by those who
 * brought it about.
 *
 * Out of scope: limits of one connection or one message (`server`).
 */
export {Budget, type BudgetOptions, type Holding} from "./budget.ts";
export {createProcessBudgets, PROCESS_BUDGETS, type ProcessBudgets} from "./process-budgets.ts";
