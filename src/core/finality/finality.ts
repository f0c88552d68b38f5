import type {Result} from "#base";
import type {BlockRef} from "../chain/chain-events.ts";
import type {GrandpaPart} from "./grandpa-part.ts";

/** Port: what makes blocks final. */
export interface Finality {
  /** Where voters do it. Without them there are no proofs, no votes on the network, no warp, and no `grandpa_*`. */
  readonly grandpa: GrandpaPart | undefined;
  start(): void;
  /** Ends what is under way; the chain is left open. */
  stop(): Promise<void>;
  /**
   * Why finality does not move, in words; undefined while it does. The keys of voters that were not heard of are among them,
   * unless whoever asks names them himself.
   */
  stall(options?: {readonly withKeys: boolean}): string | undefined;
  /** Why a block of the best chain is not final yet, in words. */
  waiting(): string;
  /** The height above which this node makes nothing final; undefined: it does not hold back. */
  readonly heldAt: number | undefined;
  /** Holds back from now on, over restarts too; undefined: no more. */
  holdAt(height: number | undefined): void;
  /** What has to change for the chain to go back to where this block is the last final one. */
  goBackTo(finalized: BlockRef): Result<WayBack, "voters-changed">;
}

export interface WayBack {
  /** Values of the node's own that are written with it. */
  readonly own: ReadonlyMap<string, Uint8Array>;
  /** To be called once the chain is there. */
  goOn(): void;
}
