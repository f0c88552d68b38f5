import type {BlockRef} from "./chain-view.ts";
import type {VoteEquivocation} from "./messages.ts";
import type {AuthorityList} from "./voter-set.ts";

export type PeerId = string;

/** What the driver of a voter is to do, strictly in this order. */
export type GrandpaAction =
  /** Must be on disk before anything after it is done. */
  | {readonly kind: "persist"; readonly what: "votes" | "sets"; readonly bytes: Uint8Array}
  | {readonly kind: "send"; readonly peer: PeerId; readonly bytes: Uint8Array}
  | {
      readonly kind: "finalize";
      readonly block: BlockRef;
      readonly justification: Uint8Array;
      readonly setId: number;
      readonly round: number;
      /** The proof of this block must be kept for ever: it hands over to other voters. */
      readonly isSetEnd: boolean;
    }
  | {
      readonly kind: "report";
      readonly peer: PeerId;
      readonly amount: number;
      readonly reason: string;
    }
  /** A block that votes are for and that is not here. */
  | {readonly kind: "want"; readonly block: BlockRef; readonly peer: PeerId}
  | {readonly kind: "equivocation"; readonly proof: VoteEquivocation}
  | {
      readonly kind: "set-changed";
      readonly setId: number;
      readonly authorities: AuthorityList;
      readonly isForced: boolean;
    };

/** Reputation by conduct (spec/network §1.6). */
export const COST = {
  undecodablePerByte: -5,
  badSignature: -100,
  unknownVoter: -150,
  future: -500,
  past: -50,
  badNeighbour: -500,
  badCommit: -5_000,
  malformedCommit: -1_000,
  badCatchUp: -5_000,
  catchUpReply: -200,
  catchUpTimeout: -200,
  neighbour: 100,
  vote: 100,
  commit: 100,
  catchUp: 200,
} as const;
