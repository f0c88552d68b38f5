import {ok, type Result} from "#base";
import {type ApiFailure, describeApiFailure, type StateMissing} from "#runtime-api";
import {StoreFault} from "#store";

/**
 * The result of a call over a state of this node's own database. What is missing there was written once and is lost:
 * that ends the node, and speaks neither against the block nor against the transaction at hand.
 */
export function overOwnState<T, F extends ApiFailure>(
  result: Result<T, F>,
): Result<T, Exclude<F, StateMissing>> {
  if (result.ok) return ok(result.value);
  const {error} = result;
  if (error.code === "state-missing") throw ownStateFault(error);
  return result as Result<T, Exclude<F, StateMissing>>;
}

/** What a part missing of the own database is: damage. */
export const ownStateFault = (failure: StateMissing): StoreFault =>
  new StoreFault("database-corrupt", describeApiFailure(failure));
