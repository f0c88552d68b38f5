import type {Authority, SetChange, WarpPoint} from "#consensus";
import type {Hash, Header} from "#primitives";
import type {Trie} from "#trie";
import type {BlockRef, PeerId, ReceivedBlock, SyncOffence} from "../messages.ts";

/** A final block, and who votes after it. */
export interface WarpStart extends BlockRef, WarpPoint {
  /** The voters stand outside of the runtime: what headers announce does not change them. */
  readonly isFixed?: boolean;
}

/** What a warp asks of one peer (spec/network §1.5). */
export type WarpWanted =
  /** sync/warp: how to get from a final block to the newest one. */
  | {readonly kind: "proof"; readonly from: Hash}
  /** sync/2: one block, with its body. */
  | {readonly kind: "block"; readonly hash: Hash}
  /** state/2: entries of the state after a block, from a key on, with their proof. */
  | {readonly kind: "state"; readonly block: Hash; readonly start: readonly Uint8Array[]};

/** Bytes of which nothing has been believed yet. */
export type WarpAnswer =
  | {readonly kind: "proof"; readonly proof: Uint8Array}
  | {readonly kind: "block"; readonly blocks: readonly ReceivedBlock[]}
  | {readonly kind: "state"; readonly proof: Uint8Array};

/** A final block to go on from, checked in all its parts. */
export interface Leap extends BlockRef {
  readonly header: Header;
  readonly body: readonly Uint8Array[];
  /** The whole state after the block. */
  readonly trie: Trie;
  /** Who votes after it. */
  readonly setId: number;
  readonly authorities: readonly Authority[];
  /** The ends of the sets before, from the start of the warp on. */
  readonly ends: readonly SetChange[];
  /** SCALE proofs of finality: of this block, and of the ends of sets, which others will ask for. */
  readonly justifications: readonly {readonly hash: Hash; readonly proof: Uint8Array}[];
}

/** What the caller is to do, in this order. */
export type WarpAction =
  | {
      readonly kind: "request";
      readonly id: number;
      readonly peer: PeerId;
      readonly wanted: WarpWanted;
    }
  | {
      readonly kind: "report";
      readonly peer: PeerId;
      readonly offence: SyncOffence;
      readonly facts: string;
    }
  | {readonly kind: "leap"; readonly leap: Leap}
  /** It is not worth it, or nobody helps: full sync goes on. */
  | {readonly kind: "give-up"; readonly reason: string};
