import {equalBytes, err, ok} from "#base";
import type {Externalities} from "#state";
import {type EnsureOrigin, ensureSigned} from "../frame/index.ts";
import {createAuthorship} from "../pallets/authorship/index.ts";
import {createCollatorSelection, palletAccount} from "../pallets/collator-selection/index.ts";
import {AURA_KEY, createSession, type SessionHandler} from "../pallets/session/index.ts";
import {account, numberOf} from "./accounts.ts";
import {MockRuntime} from "./mock-runtime.ts";

/** Who may appoint collators in the mock. */
export const OWNER = 777;
/** The one account without session keys, as far as CollatorSelection is told. */
export const UNREGISTERED = 42;
/** Makes every block. */
export const AUTHOR = 4;
const PERIOD = 10;
const POT_ID = "PotStake";

const ownerOrigin: EnsureOrigin = origin => {
  const who = ensureSigned(origin);
  if (!who.ok) return who;
  return equalBytes(who.value, account(OWNER)) ? ok() : err({type: "BadOrigin"});
};

/**
 * CollatorSelection with Session and Authorship, in the settings of upstream's own tests (spec/pallets §19.1): here
 * the author is noted *after* Session has rotated, unlike on the real chain.
 */
export class CollatorMock extends MockRuntime {
  readonly session;
  readonly selection;
  /** The keys that the session handler was told last, as account numbers. */
  active: number[] = [];
  /** The block of the last session change. */
  changedAt = 0;

  constructor(invulnerables: readonly number[] = [2, 1], minEligibleCollators = 1) {
    super({existentialDeposit: 5n, balances: [1, 2, 3, 4, 5].map(n => [n, 100n] as const)});
    const handler: SessionHandler = {
      keyType: AURA_KEY,
      onGenesisSession: (_, keys) => {
        this.active = keys.map(numberOf);
      },
      onNewSession: (_, __, keys) => {
        this.active = keys.map(numberOf);
        this.changedAt = this.block;
      },
      onDisabled() {},
    };
    this.session = this.add(
      createSession(
        this.scope("Session"),
        {
          period: PERIOD,
          offset: 0,
          keyTypes: [AURA_KEY],
          keysPath: "mock_runtime::SessionKeys",
          maxBlock: this.blockWeights.maxBlock,
        },
        {
          references: this.system.references,
          manager: {newSession: (state: Externalities) => this.selection.newSession(state)},
          handlers: [handler],
        },
      ),
    );
    this.selection = this.add(
      createCollatorSelection(
        this.scope("CollatorSelection"),
        {
          potId: POT_ID,
          maxCandidates: 20,
          maxInvulnerables: 20,
          minEligibleCollators,
          kickThreshold: PERIOD,
          updateOrigin: ownerOrigin,
          publishConstants: false,
        },
        {
          currency: this.balances.currency,
          existentialDeposit: 5n,
          isRegistered: (_, who) => !equalBytes(who, account(UNREGISTERED)),
          blockNumber: () => this.block,
          registerMandatoryWeight: (state, weight) =>
            this.system.block.registerWeight(state, weight, "Mandatory"),
        },
      ),
    );
    this.add(
      createAuthorship(this.scope("Authorship"), {
        digest: () => [],
        findAuthor: () => account(AUTHOR),
        noteAuthor: (state, author) => this.selection.noteAuthor(state, author),
      }),
    );
    this.selection.genesis(this.state, {
      invulnerables: invulnerables.map(account),
      candidacyBond: 10n,
      desiredCandidates: 2,
    });
    this.session.genesis(
      this.state,
      [1, 2, 3, 4, 5].map(n => [account(n), {aura: account(n)}] as const),
    );
  }

  get owner() {
    return this.signed(OWNER);
  }

  /** A call of CollatorSelection. */
  collator(from: number, name: string, args: unknown = {}): string {
    return this.run(this.signed(from), "CollatorSelection", name, args);
  }

  get invulnerables(): number[] {
    return this.selection.storage.invulnerables.get(this.state).map(numberOf);
  }

  get candidates(): number[] {
    return this.selection.storage.candidates.get(this.state).map(({who}) => numberOf(who));
  }

  get queued(): number[] {
    return this.session.storage.queuedKeys.get(this.state).map(([who]) => numberOf(who));
  }

  lastAuthored(n: number): number {
    return this.selection.storage.lastAuthoredBlock.get(this.state, account(n));
  }

  get pot(): bigint {
    return this.balances.currency.free(this.state, palletAccount(POT_ID));
  }

  /** Makes an account hold `free`, out of nothing. */
  fund(who: Uint8Array, free: bigint): void {
    this.balances.currency.depositCreating(this.state, who, free);
    this.balances.currency.issue(this.state, free);
  }

  fundPot(free: bigint): void {
    this.fund(palletAccount(POT_ID), free);
  }
}
