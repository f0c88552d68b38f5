import {bytesToBinary, equalBytes, type Millis} from "#base";
import type {AccountId} from "#primitives";
import type {CollatorMember, CollatorSet, SessionStatus} from "#runtime-api";
import type {CollatorStatus} from "./vocabulary.ts";

export const memberOf = (set: CollatorSet, account: AccountId): CollatorMember | undefined =>
  set.members.find(member => equalBytes(member.account, account));

export const indexOf = (accounts: readonly AccountId[], account: AccountId): number => {
  const name = bytesToBinary(account);
  return accounts.findIndex(each => bytesToBinary(each) === name);
};

export function positionOf(
  candidates: readonly CollatorMember[],
  account: AccountId,
): number | undefined {
  const index = candidates.findIndex(member => equalBytes(member.account, account));
  return index < 0 ? undefined : index + 1;
}

/** When keys that are on their way become active. */
export function authorsFrom(
  member: CollatorMember | undefined,
  hasKeys: boolean,
  {session, at}: {session: SessionStatus; at: (sessionsLater: number) => Millis},
): CollatorStatus["authorsFrom"] {
  if (member === undefined || member.isActive || member.kind === "Leaving" || !hasKeys) {
    return undefined;
  }
  const later = member.isQueued ? 0 : 1;
  return {
    session: session.index + 1 + later,
    block: session.nextRotation + later * session.period,
    at: at(later),
  };
}
