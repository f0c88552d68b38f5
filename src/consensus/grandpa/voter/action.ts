import type {Millis} from "#base";
import type {Authority} from "../authority-list.ts";
import type {BlockRef} from "../block-ref.ts";
import type {EquivocationProof} from "../equivocation-proof.ts";

/** An opaque name for a connected peer, as the network calls it. */
export type PeerName = string;

/** What the voter wants done, in this order. An action may rely on those before it having been done. */
export type Action =
  /**
   * Must be on disk before any later action: the votes that follow may never be contradicted. Call `votesPersisted`
   * then: no further vote is signed before.
   */
  | {readonly type: "persistVotes"; readonly state: Uint8Array}
  | {readonly type: "send"; readonly peer: PeerName; readonly message: Uint8Array}
  | FinalizeAction
  /** The sets of voters, as one value, without a finalized block to go with. */
  | {readonly type: "persistSet"; readonly set: Uint8Array}
  | {
      readonly type: "report";
      readonly peer: PeerName;
      readonly change: number;
      readonly reason: string;
    }
  | {readonly type: "equivocation"; readonly proof: EquivocationProof}
  /** Call `tick` at this time or soon after; replaces all earlier wishes. Undefined: nothing to wait for. */
  | {readonly type: "wakeAt"; readonly time: Millis | undefined}
  | {
      readonly type: "setChanged";
      readonly setId: number;
      readonly authorities: readonly Authority[];
    }
  /** A vote or commit names a block that is not imported; `peer` is likely to have it. */
  | {readonly type: "blockWanted"; readonly block: BlockRef; readonly peer: PeerName | undefined}
  /** Others are a set ahead: the proof of this block (where our set ends) is needed, and `peer` should have it. */
  | {readonly type: "justificationWanted"; readonly block: BlockRef; readonly peer: PeerName}
  | EventAction;

/** A block is final. `set`, where present, is to be written in the same transaction. */
export interface FinalizeAction {
  readonly type: "finalize";
  readonly block: BlockRef;
  /** SCALE, to be kept under engine id `FRNK`. */
  readonly justification: Uint8Array;
  readonly setId: number;
  readonly round: number;
  readonly set: Uint8Array | undefined;
}

/** Something that an operator may want to read. */
export interface EventAction {
  readonly type: "event";
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
}
