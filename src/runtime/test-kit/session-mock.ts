import {ZERO_WEIGHT} from "#primitives";
import {AURA_KEY, createSession, type SessionKeys} from "../pallets/session/index.ts";
import {account, numberOf} from "./accounts.ts";
import {MockRuntime} from "./mock-runtime.ts";

/** The session keys of account `owner` when it uses key number `key`. */
export function keysOf(key: number): SessionKeys {
  return {aura: account(key)};
}

/**
 * Session with a manager and a handler that a test can see into (spec/pallets §19.5): validators 1, 2 and 3, a
 * rotation every second block, accounts 4 and 69 alive.
 */
export class SessionMock extends MockRuntime {
  readonly session;
  /** What the manager chooses next. */
  next = [1, 2, 3];
  /** The manager only answers after something was disabled. */
  quiet = false;
  /** What the handler was told last. */
  authorities: number[] = [];
  changed = false;
  disabled: number[] = [];
  #anyDisabled = false;

  constructor() {
    super({existentialDeposit: 1n, balances: [1, 2, 3, 4, 69].map(n => [n, 10n] as const)});
    this.session = this.add(
      createSession(
        this.scope("Session"),
        {
          period: 2,
          offset: 0,
          keyTypes: [AURA_KEY],
          keysPath: "mock_runtime::SessionKeys",
          maxBlock: ZERO_WEIGHT,
        },
        {
          references: this.system.references,
          manager: {newSession: () => this.#choose()},
          handlers: [
            {
              keyType: AURA_KEY,
              onGenesisSession: (_, keys) => {
                this.authorities = keys.map(numberOf);
              },
              onNewSession: (_, changed, keys) => {
                this.changed = changed;
                this.authorities = keys.map(numberOf);
              },
              onDisabled: (_, index) => {
                this.disabled.push(index);
                this.#anyDisabled = true;
              },
            },
          ],
        },
      ),
    );
    this.session.genesis(
      this.state,
      [1, 2, 3].map(n => [account(n), keysOf(n)] as const),
    );
  }

  #choose() {
    if (this.quiet && !this.#anyDisabled) return undefined;
    this.#anyDisabled = false;
    return this.next.map(account);
  }

  setKeys(who: number, key: number): string {
    const proof = new Uint8Array(0);
    return this.run(this.signed(who), "Session", "set_keys", {keys: keysOf(key), proof});
  }

  purgeKeys(who: number): string {
    return this.run(this.signed(who), "Session", "purge_keys");
  }

  /** Ends the session now, as a block would that is forced to. */
  forceRotation(): void {
    this.setBlock(this.block + 1);
    this.session.rotate(this.state);
  }

  get validators(): number[] {
    return this.session.storage.validators.get(this.state).map(numberOf);
  }

  get queued(): [who: number, key: number][] {
    return this.session.storage.queuedKeys
      .get(this.state)
      .map(([who, {aura}]) => [numberOf(who), numberOf(aura!)]);
  }
}
