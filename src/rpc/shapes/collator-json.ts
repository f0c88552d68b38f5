import type {Ss58Prefix} from "#crypto";
import type {
  BlockReward,
  CollatorHistory,
  CollatorSetView,
  CollatorStatus,
  KeysHeld,
  KickForecast,
  SlotRecord,
} from "#desk";
import {addressText} from "./address.ts";
import {toHex} from "./hex.ts";

/**
 * Balances as decimal text, accounts as addresses, bytes as hex: the same facts, for any client. What is not known is null;
 * what there is none of is left out.
 */
export class CollatorJson {
  readonly #prefix: Ss58Prefix;

  constructor(prefix: Ss58Prefix) {
    this.#prefix = prefix;
  }

  status(status: CollatorStatus) {
    const {account, keys, stoppedKeys, standing, authorities, production, head, balance} = status;
    const {authorsFrom, session} = status;
    return {
      ...status,
      since: orNull(status.since),
      account: account === undefined ? null : addressText(account, this.#prefix),
      keys: keys && {
        ...keys,
        now: held(keys.now),
        queued: held(keys.queued),
        next: held(keys.next),
      },
      stoppedKeys: stoppedKeys.map(stopped => ({...stopped, publicKey: toHex(stopped.publicKey)})),
      standing: standing && {
        ...standing,
        kind: orNull(standing.kind),
        deposit: amount(standing.deposit),
        candidacyBond: amount(standing.candidacyBond),
        candidates: orNull(standing.candidates),
        desiredCandidates: orNull(standing.desiredCandidates),
        isQueued: orNull(standing.isQueued),
        lastAuthored: orNull(standing.lastAuthored),
        kick: forecast(standing.kick),
      },
      authorities: orNull(authorities),
      production: {
        turns: orNull(production.turns),
        made: orNull(production.made),
        expected: orNull(production.expected),
        low: orNull(production.low),
        high: orNull(production.high),
      },
      authorsFrom: authorsFrom && {
        session: orNull(authorsFrom.session),
        block: orNull(authorsFrom.block),
        at: orNull(authorsFrom.at),
      },
      session: {
        index: orNull(session.index),
        period: orNull(session.period),
        blocksInto: orNull(session.blocksInto),
        nextRotationBlock: orNull(session.nextRotationBlock),
        nextRotationAt: orNull(session.nextRotationAt),
      },
      head: {
        ...head,
        bestHash: toHex(head.bestHash),
        finalizedAt: orNull(head.finalizedAt),
        missingVoters: head.missingVoters.map(voter => ({
          key: toHex(voter.key),
          account: voter.account === undefined ? null : addressText(voter.account, this.#prefix),
        })),
      },
      balance: balance && {free: amount(balance.free), reserved: amount(balance.reserved)},
    };
  }

  set({
    members,
    candidacyBond,
    desiredCandidates,
    kickThreshold,
    minEligible,
    kicked,
    ...set
  }: CollatorSetView) {
    return {
      candidacyBond: amount(candidacyBond),
      desiredCandidates: orNull(desiredCandidates),
      kickThreshold: orNull(kickThreshold),
      minEligible: orNull(minEligible),
      isOfCandidates: set.isOfCandidates,
      members: orNull(
        members?.map(member => ({
          ...member,
          account: addressText(member.account, this.#prefix),
          kind: orNull(member.kind),
          deposit: amount(member.deposit),
          isQueued: orNull(member.isQueued),
          lastAuthored: orNull(member.lastAuthored),
          authored: orNull(member.authored),
          expected: orNull(member.expected),
          kick: forecast(member.kick),
        })),
      ),
      kicked: kicked.map(kick => ({
        account: addressText(kick.account, this.#prefix),
        block: kick.block,
        at: orNull(kick.at),
        bond: amount(kick.bond),
        silentFor: orNull(kick.silentFor),
        threshold: orNull(kick.threshold),
      })),
    };
  }

  history({lag, slots, ...range}: CollatorHistory) {
    return {
      ...range,
      lag: {...lag, since: orNull(lag.since)},
      slots: {...slots, since: orNull(slots.since)},
    };
  }

  slot({block, ...record}: SlotRecord) {
    return {...record, block: block && {number: block.number, hash: toHex(block.hash)}};
  }

  reward({hash, amount: paid, potBefore, potAfter, ...reward}: BlockReward) {
    return {
      ...reward,
      hash: toHex(hash),
      amount: amount(paid),
      potBefore: amount(potBefore),
      potAfter: amount(potAfter),
    };
  }
}

const orNull = <T>(known: T | undefined): T | null => known ?? null;

const amount = (known: bigint | undefined): string | null => known?.toString() ?? null;

/** Of whom the fate is known, what is left out is never going to be. */
const forecast = ({fate, silentFor, threshold, blocksLeft, ...rest}: KickForecast) => ({
  ...rest,
  fate: orNull(fate),
  threshold: orNull(threshold),
  silentFor: fate === undefined ? orNull(silentFor) : silentFor,
  blocksLeft: fate === undefined ? orNull(blocksLeft) : blocksLeft,
});

const held = (keys: KeysHeld | undefined) =>
  keys && {
    keys: toHex(keys.keys),
    byType: orNull(
      keys.byType?.map(({keyType, publicKey}) => ({keyType, publicKey: toHex(publicKey)})),
    ),
    isHeld: orNull(keys.isHeld),
  };
