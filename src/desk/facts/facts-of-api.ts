import type {AccountStanding, CollatorSet, SessionStatus} from "#runtime-api";
import type {AccountFacts, SessionFacts, SetFacts} from "./facts.ts";
import {type SplitKeys, sessionKeysOf} from "./session-keys.ts";

/** What `CollatorApi` says of the session. */
export const sessionOfApi = ({
  index,
  period,
  nextRotation,
  validators,
  queued,
}: SessionStatus): SessionFacts => ({index, validators, queued, period, nextRotation});

/** What `CollatorApi` says of the set; its chains have the pallet's first version, where every candidate authors. */
export const setOfApi = (set: CollatorSet, split: SplitKeys): SetFacts => ({
  ...set,
  isByDeposit: false,
  isOfCandidates: false,
  isWhole: true,
  members: set.members.map(member => ({
    ...member,
    queuedKeys: sessionKeysOf(member.queuedKeys, split),
    nextKeys: sessionKeysOf(member.nextKeys, split),
  })),
});

/** What `CollatorApi` says of an account. */
export const accountOfApi = (account: AccountStanding, split: SplitKeys): AccountFacts => ({
  ...account,
  nextKeys: sessionKeysOf(account.nextKeys, split),
});
