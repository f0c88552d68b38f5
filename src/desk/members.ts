import {bytesToBinary, equalBytes, type Millis} from "#base";
import type {AccountId} from "#primitives";
import type {MemberFacts, SessionFacts, SetFacts} from "./facts/index.ts";
import type {CollatorStatus} from "./vocabulary.ts";

export const memberOf = (set: SetFacts | undefined, account: AccountId): MemberFacts | undefined =>
  set?.members.find(member => equalBytes(member.account, account));

export const indexOf = (accounts: readonly AccountId[], account: AccountId): number => {
  const name = bytesToBinary(account);
  return accounts.findIndex(each => bytesToBinary(each) === name);
};

export function positionOf(
  candidates: readonly MemberFacts[],
  account: AccountId,
): number | undefined {
  const index = candidates.findIndex(member => equalBytes(member.account, account));
  return index < 0 ? undefined : index + 1;
}

/** Whether it is a candidate that others with higher deposits leave no place. */
export function isOutbid(
  {isByDeposit, desiredCandidates}: Pick<SetFacts, "isByDeposit" | "desiredCandidates">,
  position: number | undefined,
): boolean {
  return isByDeposit && position !== undefined && position > (desiredCandidates ?? position);
}

/** When keys that are on their way become active. */
export function authorsFrom(
  member: MemberFacts | undefined,
  hasKeys: boolean,
  {
    session,
    at,
  }: {
    readonly session: SessionFacts | undefined;
    readonly at: (block: number) => Millis;
  },
): CollatorStatus["authorsFrom"] {
  const isOnItsWay = member?.isActive === false && member.kind !== "Leaving" && hasKeys;
  if (!isOnItsWay) return undefined;
  const {isQueued} = member;
  const later = isQueued === undefined ? undefined : isQueued ? 0 : 1;
  if (session === undefined || later === undefined) {
    return {session: undefined, block: undefined, at: undefined};
  }
  const {index, nextRotation, period} = session;
  const further = later === 0 ? 0 : period;
  const block =
    nextRotation === undefined || further === undefined ? undefined : nextRotation + further;
  return {session: index + 1 + later, block, at: block === undefined ? undefined : at(block)};
}
