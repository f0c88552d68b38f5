/**
 * What became of a transaction, by names: the events of a block, and the error of a call that failed.
 *
 * Out of scope: errors of transactions that never came into a block, which no metadata describes (`primitives`).
 */
export {errorNames, type NamedError, nameDispatchError, nameModuleError} from "./dispatch-error.ts";
export {type ChainEvent, type EventList, readEvents} from "./read-events.ts";
export {type ReadWeight, weightFrom} from "./read-weight.ts";
