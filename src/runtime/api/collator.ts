import {bytesToBinary} from "#base";
import {type AccountId, accountId} from "#primitives";
import {
  accountStanding,
  type CollatorFate,
  type CollatorMember,
  collatorSet,
  sessionStatus,
} from "#runtime-api";
import type {Externalities} from "#state";
import type {Composition} from "../executive/index.ts";
import type {Aura} from "../pallets/aura/index.ts";
import type {Balances} from "../pallets/balances/index.ts";
import type {CollatorSelection} from "../pallets/collator-selection/index.ts";
import {
  concatKeys,
  type Session,
  type SessionKeys,
  type SessionKeyType,
} from "../pallets/session/index.ts";
import {method, type RuntimeApi} from "./declare.ts";

export interface CollatorApiPallets {
  readonly session: Session;
  readonly selection: CollatorSelection;
  readonly aura: Aura;
  readonly balances: Balances;
  readonly keyTypes: readonly SessionKeyType[];
}

/** Ours: what operators ask of session and selection, so that the node need not read the pallets' storage. */
export function collatorApi(
  {system}: Pick<Composition, "system">,
  pallets: CollatorApiPallets,
): RuntimeApi {
  const {session, selection, balances, keyTypes} = pallets;
  const join = (keys: SessionKeys | undefined) => keys && concatKeys(keyTypes, keys);
  return {
    name: "CollatorApi",
    id: "0x27ca5049a915f69a",
    version: 2,
    docs: "Where the current session stands, and who makes the blocks.",
    methods: [
      method({
        name: "session_status",
        docs: "Index, length, progress and sets of the current session.",
        inputs: {},
        output: sessionStatus,
        run({state}) {
          const number = system.storage.number.get(state);
          return {
            index: session.storage.currentIndex.get(state),
            period: session.period.period,
            nextRotation: session.period.firstRotationAfter(number),
            progress: session.period.progress(number),
            validators: session.storage.validators.get(state),
            queued: session.storage.queuedKeys.get(state).map(([account]) => account),
          };
        },
      }),
      method({
        name: "collator_set",
        docs: "Everybody who makes blocks or stands for it, and what the next session change does with them.",
        inputs: {},
        output: collatorSet,
        run({state}) {
          const {config, storage, pot} = selection;
          return {
            candidacyBond: storage.candidacyBond.get(state),
            desiredCandidates: storage.desiredCandidates.get(state),
            kickThreshold: config.kickThreshold,
            minEligible: config.minEligibleCollators,
            existentialDeposit: balances.existentialDeposit,
            pot,
            potBalance: system.storage.account.get(state, pot).data.free,
            members: membersOf(state, system.storage.number.get(state), pallets),
          };
        },
      }),
      method({
        name: "account_standing",
        docs: "What an account has, and the session keys that it registered last.",
        inputs: {account: accountId},
        output: accountStanding,
        run({state}, {account}) {
          const {data, nonce} = system.storage.account.get(state, account);
          return {
            free: data.free,
            reserved: data.reserved,
            nonce,
            nextKeys: join(session.storage.nextKeys.get(state, account)),
          };
        },
      }),
    ],
  };
}

function membersOf(
  state: Externalities,
  number: number,
  {session, selection, aura, keyTypes}: CollatorApiPallets,
): CollatorMember[] {
  const validators = session.storage.validators.get(state);
  const authorities = aura.storage.authorities.get(state);
  const active = new Map(validators.map((who, i) => [bytesToBinary(who), authorities[i]]));
  const queued = new Map(
    session.storage.queuedKeys.get(state).map(([who, keys]) => [bytesToBinary(who), keys]),
  );
  const member = (
    account: AccountId,
    kind: CollatorMember["kind"],
    fate: CollatorFate,
    deposit = 0n,
  ): CollatorMember => {
    const name = bytesToBinary(account);
    const later = queued.get(name);
    const registered = session.storage.nextKeys.get(state, account);
    return {
      account,
      kind,
      deposit,
      fate,
      lastAuthored: selection.storage.lastAuthoredBlock.get(state, account),
      isActive: active.has(name),
      isQueued: later !== undefined,
      auraKey: active.get(name),
      queuedKeys: later && concatKeys(keyTypes, later),
      nextKeys: registered && concatKeys(keyTypes, registered),
    };
  };
  const members = new Map<string, CollatorMember>();
  for (const who of selection.storage.invulnerables.get(state)) {
    members.set(bytesToBinary(who), member(who, "Invulnerable", "Safe"));
  }
  const rotation = session.period.firstRotationAfter(number);
  for (const {candidate, fate} of selection.judge(state, rotation)) {
    const {who, deposit} = candidate;
    const named = (fate[0]!.toUpperCase() + fate.slice(1)) as CollatorFate;
    members.set(bytesToBinary(who), member(who, "Candidate", named, deposit));
  }
  for (const who of validators) {
    const name = bytesToBinary(who);
    if (!members.has(name)) members.set(name, member(who, "Leaving", "Safe"));
  }
  return [...members.values()];
}
