import type {AccountId, Weight} from "#primitives";
import type {Externalities} from "#state";
import type {EnsureOrigin, PalletScope} from "../../frame/index.ts";
import type {Currency} from "../balances/index.ts";
import type {COLLATOR_SELECTION_ERRORS} from "./errors.ts";
import type {COLLATOR_SELECTION_EVENTS} from "./events.ts";
import type {CollatorSelectionStorage} from "./storage.ts";

export interface CollatorSelectionConfig {
  /** Eight ASCII bytes from which the pot's account follows. */
  readonly potId: string;
  readonly maxCandidates: number;
  readonly maxInvulnerables: number;
  /** Leaving and kicking stop at this many candidates and invulnerables together. */
  readonly minEligibleCollators: number;
  /** Blocks without authoring after which a candidate is kicked at the next session change. */
  readonly kickThreshold: number;
  /** Who may change the invulnerables, the bond and the number of candidates. */
  readonly updateOrigin: EnsureOrigin;
  /** Whether the constants appear in metadata; the recorded v1 runtimes have none. */
  readonly publishConstants: boolean;
}

export interface CollatorSelectionDependencies {
  readonly currency: Currency;
  readonly existentialDeposit: bigint;
  /** Has the account session keys? */
  readonly isRegistered: (state: Externalities, who: AccountId) => boolean;
  readonly blockNumber: (state: Externalities) => number;
  readonly registerMandatoryWeight: (state: Externalities, weight: Weight) => void;
}

/** What the pallet's calls and hooks share. */
export interface Selection {
  readonly config: CollatorSelectionConfig;
  readonly deps: CollatorSelectionDependencies;
  readonly storage: CollatorSelectionStorage;
  readonly events: ReturnType<
    typeof PalletScope.prototype.events<typeof COLLATOR_SELECTION_EVENTS>
  >;
  readonly errors: ReturnType<
    typeof PalletScope.prototype.errors<typeof COLLATOR_SELECTION_ERRORS>
  >;
  readonly pot: AccountId;
}
