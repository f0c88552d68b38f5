import type {LogFields, Millis, Slot} from "#base";
import type {NotNow} from "./conditions.ts";

/** Why no block was made. */
export type AuthoringFailure =
  | {readonly code: "runtime-unavailable"; readonly reason: string}
  | {readonly code: "no-own-slot"; readonly authorities: number}
  /** `facts`: what the runtime was at when it trapped. `isParentGone`: on another block there may be one all the same. */
  | {
      readonly code: "proposal-failed";
      readonly reason: string;
      readonly facts?: LogFields;
      readonly isParentGone?: true;
    }
  | {readonly code: "session-key-missing"; readonly reason: string}
  | {readonly code: "not-our-slot"}
  /** Of transactions that were all to be included. */
  | {readonly code: "transactions-refused"; readonly reason: string}
  /** The best block was made for this slot or a later one, which began then. */
  | {readonly code: "slot-lost"; readonly parentSlot: Slot; readonly parentBegan: Millis}
  /** It was made and sealed, and the runtime's own judge refuses it: nobody but this node has seen it. */
  | {readonly code: "judged-invalid"; readonly reason: string}
  /** This key may have signed for the slot before. */
  | {readonly code: "guard-refused"; readonly reason: string}
  /** Nothing was signed: that it would be could not be written down (no space, no descriptor). */
  | {readonly code: "guard-unwritable"; readonly reason: string};

/** Of a block that was asked for. */
export type DemandFailure =
  | AuthoringFailure
  | {readonly code: "pool-empty"}
  | {readonly code: "shutting-down"};

/** Why an own slot went by without a block. */
export type MissedWhy = AuthoringFailure | NotNow | {readonly code: "not-running"};
