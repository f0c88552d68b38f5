import type {AccountId, DigestItem} from "#primitives";
import type {Externalities} from "#state";
import type {EnsureOrigin, PalletScope} from "../../frame/index.ts";
import type {GRANDPA_ERRORS} from "./errors.ts";
import type {GRANDPA_EVENTS} from "./events.ts";
import type {GrandpaStorage} from "./storage.ts";

/** Who of a session's validators vote: nobody new after genesis, or those of the committee of that session. */
export type Voters =
  | {readonly kind: "genesis"}
  | {
      readonly kind: "committee";
      /** Whether an account belongs to the committee of the session that begins now. */
      readonly isMember: (state: Externalities) => (account: AccountId) => boolean;
    };

export interface GrandpaConfig {
  readonly maxAuthorities: number;
  readonly voters: Voters;
  readonly stalledOrigin: EnsureOrigin;
  readonly blockNumber: (state: Externalities) => number;
  readonly sessionIndex: (state: Externalities) => number;
  readonly depositLog: (state: Externalities, item: DigestItem) => void;
}

/** What the pallet's calls and hooks share. */
export interface GrandpaParts {
  readonly config: GrandpaConfig;
  readonly storage: GrandpaStorage;
  readonly events: ReturnType<typeof PalletScope.prototype.events<typeof GRANDPA_EVENTS>>;
  readonly errors: ReturnType<typeof PalletScope.prototype.errors<typeof GRANDPA_ERRORS>>;
}
