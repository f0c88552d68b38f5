/**
 * The transaction pool: what waits to be put into a block.
 *
 * Out of scope: what makes a transaction valid (the runtime says so), and how it is asked for (`rpc`).
 */
export type {SubmitFailure} from "./submit-failure.ts";
export {isLastStatus, type TransactionStatus} from "./transaction-status.ts";
