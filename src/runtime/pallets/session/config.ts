import type {AccountId} from "#primitives";
import type {Externalities} from "#state";
import type {PalletScope} from "../../frame/index.ts";
import type {References} from "../system/index.ts";
import type {SESSION_ERRORS} from "./errors.ts";
import type {SESSION_EVENTS} from "./events.ts";
import type {SessionKeys, SessionKeyType} from "./keys.ts";
import type {SessionStorage} from "./storage.ts";

export type ValidatorKeys = readonly (readonly [AccountId, SessionKeys])[];

/** Chooses who is to be in the set. */
export interface SessionManager {
  /** The set of the session `index`, asked for one session ahead; undefined leaves it as it is. */
  newSession(state: Externalities, index: number): AccountId[] | undefined;
}

/** Is told of keys, one per key type: Aura of `aura` keys. */
export interface SessionHandler {
  readonly keyType: SessionKeyType;
  onGenesisSession(state: Externalities, keys: readonly Uint8Array[]): void;
  /** `keys` and `validators` of the session that begins, in the same order. */
  onNewSession(
    state: Externalities,
    changed: boolean,
    keys: readonly Uint8Array[],
    validators: readonly AccountId[],
  ): void;
  onDisabled(state: Externalities, index: number): void;
}

export interface SessionConfig {
  /** Blocks per session. */
  readonly period: number;
  /** The first session ends at this block. */
  readonly offset: number;
  readonly keyTypes: readonly SessionKeyType[];
  /** Rust path of the `SessionKeys` type. */
  readonly keysPath: string;
}

export interface SessionDependencies {
  readonly references: References;
  readonly manager: SessionManager;
  readonly handlers: readonly SessionHandler[];
}

/** What the pallet's calls and hooks share. */
export interface SessionParts {
  readonly config: SessionConfig;
  readonly deps: SessionDependencies;
  readonly storage: SessionStorage;
  readonly events: ReturnType<typeof PalletScope.prototype.events<typeof SESSION_EVENTS>>;
  readonly errors: ReturnType<typeof PalletScope.prototype.errors<typeof SESSION_ERRORS>>;
}
