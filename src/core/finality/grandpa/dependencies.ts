import type {Clock, Logger} from "#base";
import type {CryptoSuite} from "#crypto";
import type {Keystore, SigningGuard} from "#keystore";
import type {ChainStore} from "#store";
import type {Blockchain} from "../../chain/blockchain.ts";

/** What a node's part in finality by voters leans on. */
export interface GrandpaDependencies {
  readonly store: ChainStore;
  readonly chain: Blockchain;
  readonly keystore: Keystore;
  readonly guard: SigningGuard;
  readonly crypto: CryptoSuite;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly slotDuration: () => number;
  /** The voters stand outside of the runtime: no block changes them. */
  readonly isFixed: boolean;
  /** False: the keys it may hold are not used; it follows what others vote. */
  readonly mayVote: boolean;
  /** A voter is proved to have voted twice; `what` in words. */
  readonly onVotedTwice: (voter: Uint8Array, what: string) => void;
  readonly onFatal: (error: unknown) => void;
}
