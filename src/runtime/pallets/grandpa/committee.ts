import {type BinaryString, bytesToBinary, equalBytes} from "#base";
import {type Codec, decodeTrusted, encode, struct, vec} from "#codec";
import {type AccountId, accountId} from "#primitives";
import type {Externalities} from "#state";

/** Ours, not upstream's: who votes in the session at hand and who will in the one that is queued. */
export const COMMITTEE_KEY: BinaryString = ":khala:committee";

interface Committees {
  readonly active: readonly AccountId[];
  readonly queued: readonly AccountId[];
}

const committees = struct({active: vec(accountId), queued: vec(accountId)}) as Codec<Committees>;

const NOBODY: Committees = {active: [], queued: []};

function read(state: Externalities): Committees {
  const bytes = state.get(COMMITTEE_KEY);
  return bytes === undefined ? NOBODY : decodeTrusted(committees, bytes);
}

const same = (a: readonly AccountId[], b: readonly AccountId[]) =>
  a.length === b.length && a.every((account, i) => equalBytes(account, b[i]!));

/**
 * A set of validators was chosen for the session after next: its committee waits with it. So who votes changes in
 * the very session in which who authors does, and a list that is replaced whole never leaves a session to the few
 * that stand in both.
 */
export function queueCommittee(state: Externalities, members: readonly AccountId[]): void {
  const {active, queued} = read(state);
  if (same(active, queued) && same(queued, members)) return;
  state.set(COMMITTEE_KEY, encode(committees, {active: queued, queued: members}));
}

/** Whether an account is in the committee of the session that begins now. */
export function committeeMembership(state: Externalities): (account: AccountId) => boolean {
  const members = new Set(read(state).active.map(bytesToBinary));
  return account => members.has(bytesToBinary(account));
}
