/**
 * Utility: many calls in one, and calls as somebody else. `batch` stops at the first failure and keeps what was
 * done, `batch_all` undoes everything, `force_batch` goes on.
 */
import {type Codec, u32} from "#codec";
import {dispatchError, dispatchOutcome} from "#primitives";
import {
  type CallFilter,
  constant,
  type Dispatcher,
  type ErrorDeclaration,
  type EventDeclaration,
  errorInfo,
  eventCodec,
  type Pallet,
  type PalletScope,
  type RuntimeCall,
} from "../../frame/index.ts";
import {BATCHED_CALLS_LIMIT} from "./batch-limit.ts";
import {asDerivative} from "./calls/as-derivative.ts";
import {batch} from "./calls/batch.ts";
import {batchAll} from "./calls/batch-all.ts";
import {dispatchAs} from "./calls/dispatch-as.ts";
import {forceBatch} from "./calls/force-batch.ts";
import {withWeight} from "./calls/with-weight.ts";

/** Events of Utility (spec/pallets §15). */
export const UTILITY_EVENTS = {
  BatchInterrupted: [
    0,
    {index: u32, error: dispatchError},
    "Batch of dispatches did not complete fully. Index of first failing dispatch given, as well as the error.",
  ],
  BatchCompleted: [1, {}, "Batch of dispatches completed fully with no error."],
  BatchCompletedWithErrors: [2, {}, "Batch of dispatches completed but has errors."],
  ItemCompleted: [3, {}, "A single item within a Batch of dispatches has completed with no error."],
  ItemFailed: [
    4,
    {error: dispatchError},
    "A single item within a Batch of dispatches has completed with error.",
  ],
  DispatchedAs: [5, {result: dispatchOutcome}, "A call was dispatched."],
} as const satisfies Record<string, EventDeclaration>;

/** Errors of Utility (spec/pallets §15). */
export const UTILITY_ERRORS = {
  TooManyCalls: [0, "Too many calls batched."],
} as const satisfies Record<string, ErrorDeclaration>;

export interface UtilityDependencies {
  readonly dispatcher: Dispatcher;
  readonly runtimeCall: Codec<RuntimeCall>;
  readonly baseFilter: CallFilter;
  /** Rust path of the runtime's own types, for `OriginCaller`. */
  readonly crate: string;
}

/** What the calls share. */
export interface UtilityParts extends UtilityDependencies {
  readonly events: ReturnType<typeof PalletScope.prototype.events<typeof UTILITY_EVENTS>>;
  readonly errors: ReturnType<typeof PalletScope.prototype.errors<typeof UTILITY_ERRORS>>;
  readonly blake2b256: (data: Uint8Array) => Uint8Array;
}

export function createUtility(scope: PalletScope, dependencies: UtilityDependencies) {
  const parts: UtilityParts = {
    ...dependencies,
    events: scope.events(UTILITY_EVENTS),
    errors: scope.errors(UTILITY_ERRORS),
    blake2b256: data => scope.hashing.blake2b256(data),
  };
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "Many calls in one, and calls as somebody else.",
    crate: "pallet_utility",
    storageVersion: 0,
    storage: [],
    events: eventCodec("pallet_utility", UTILITY_EVENTS),
    errors: errorInfo("pallet_utility", UTILITY_ERRORS),
    calls: [
      batch(parts),
      asDerivative(parts),
      batchAll(parts),
      dispatchAs(parts),
      forceBatch(parts),
      withWeight(parts),
    ],
    constants: [
      constant(
        "batched_calls_limit",
        u32,
        BATCHED_CALLS_LIMIT,
        "The limit on the number of batched calls.",
      ),
    ],
  };
  return {pallet};
}
