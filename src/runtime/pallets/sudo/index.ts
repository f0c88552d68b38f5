/**
 * Sudo: one account that may act as root, and as anybody. Made for chains whose owners are still at work; a
 * successful use costs nothing.
 *
 * The outer call succeeds even if what it dispatched failed: the inner result is in the event.
 */
import type {Codec} from "#codec";
import {option} from "#codec";
import type {AccountId} from "#primitives";
import {accountId, dispatchOutcome} from "#primitives";
import type {Externalities} from "#state";
import {
  type CallFilter,
  type Dispatcher,
  type ErrorDeclaration,
  type EventDeclaration,
  errorInfo,
  eventCodec,
  type Pallet,
  type PalletScope,
  type RuntimeCall,
} from "../../frame/index.ts";
import {setKey} from "./calls/set-key.ts";
import {sudo} from "./calls/sudo.ts";
import {sudoAs} from "./calls/sudo-as.ts";
import {sudoUncheckedWeight} from "./calls/sudo-unchecked-weight.ts";

/** Events of Sudo (spec/pallets §14). */
export const SUDO_EVENTS = {
  Sudid: [0, {sudoResult: dispatchOutcome}, "A sudo call just took place."],
  KeyChanged: [1, {oldSudoer: option(accountId)}, "The sudo key has been updated."],
  SudoAsDone: [2, {sudoResult: dispatchOutcome}, "A sudo_as call just took place."],
} as const satisfies Record<string, EventDeclaration>;

/** Errors of Sudo (spec/pallets §14). */
export const SUDO_ERRORS = {
  RequireSudo: [0, "Sender must be the Sudo account."],
} as const satisfies Record<string, ErrorDeclaration>;

export interface SudoDependencies {
  readonly dispatcher: Dispatcher;
  readonly runtimeCall: Codec<RuntimeCall>;
  readonly baseFilter: CallFilter;
}

export function sudoStorage(scope: PalletScope) {
  return {
    key: scope.storage.value("Key", accountId, {docs: "The `AccountId` of the sudo key."}),
  };
}

/** What the calls share. */
export interface SudoParts extends SudoDependencies {
  readonly storage: ReturnType<typeof sudoStorage>;
  readonly events: ReturnType<typeof PalletScope.prototype.events<typeof SUDO_EVENTS>>;
  readonly errors: ReturnType<typeof PalletScope.prototype.errors<typeof SUDO_ERRORS>>;
}

export function createSudo(scope: PalletScope, dependencies: SudoDependencies) {
  const parts: SudoParts = {
    ...dependencies,
    storage: sudoStorage(scope),
    events: scope.events(SUDO_EVENTS),
    errors: scope.errors(SUDO_ERRORS),
  };
  const pallet: Pallet = {
    name: scope.name,
    index: scope.index,
    docs: "One account that may act as root.",
    crate: "pallet_sudo",
    storageVersion: 0,
    storage: scope.storage.entries,
    events: eventCodec("pallet_sudo", SUDO_EVENTS),
    errors: errorInfo("pallet_sudo", SUDO_ERRORS),
    calls: [sudo(parts), sudoUncheckedWeight(parts), setKey(parts), sudoAs(parts)],
    constants: [],
  };
  return {
    pallet,
    storage: parts.storage,
    genesis(state: Externalities, key: AccountId | undefined): void {
      if (key !== undefined) parts.storage.key.set(state, key);
    },
  };
}
