import {bytesToBinary, compareBytes} from "#base";
import type {StateDraft} from "./state-draft.ts";
import type {RehearsalWishes} from "./wishes.ts";

/** Names under which chains have a body and the list that decides its members. */
const COUNCILS = ["Council", "CouncilCollective", "GeneralCouncil"];
const COUNCIL_MEMBERSHIPS = ["CouncilMembership", "GeneralCouncilMembership"];
const ELECTIONS = ["PhragmenElection", "Elections", "ElectionsPhragmen"];
const COMMITTEES = [
  "TechnicalCommittee",
  "TechnicalCommitteeCollective",
  "TechCommitteeCollective",
];
const COMMITTEE_MEMBERSHIPS = ["TechnicalMembership", "TechnicalCommitteeMembership"];

type Accounts = readonly Uint8Array[];

/** Who governs: root's key, council and technical committee, as far as the chain has them. */
export function replaceGovernance(
  draft: StateDraft,
  {sudo, council, committee}: Pick<RehearsalWishes, "sudo" | "council" | "committee">,
): void {
  if (sudo !== undefined) draft.replace("Sudo.Key", sudo);
  if (council !== undefined) {
    replaceBody(draft, COUNCILS, COUNCIL_MEMBERSHIPS, council);
    for (const pallet of ELECTIONS) replaceElected(draft, pallet, council);
  }
  if (committee !== undefined) {
    replaceBody(draft, COMMITTEES, COMMITTEE_MEMBERSHIPS, committee);
  }
}

function replaceBody(
  draft: StateDraft,
  bodies: readonly string[],
  memberships: readonly string[],
  accounts: Accounts,
): void {
  const sorted = [...accounts].sort(compareBytes);
  const has = (pallet: string) => draft.publishes(`${pallet}.Members`);
  const found = bodies.filter(has);
  if (found.length === 0) draft.wants(`${bodies[0]}.Members`);
  for (const pallet of [...found, ...memberships.filter(has)]) {
    draft.replace(`${pallet}.Members`, sorted);
    draft.clear(`${pallet}.Prime`);
    withdrawVotes(draft, pallet, sorted);
  }
}

/** As the pallet does when members change: who is none any more has no vote in what is open. */
function withdrawVotes(draft: StateDraft, pallet: string, members: Accounts): void {
  const name = `${pallet}.Voting`;
  const known = new Set(members.map(bytesToBinary));
  const isKnown = (account: Uint8Array) => known.has(bytesToBinary(account));
  const open = draft.entries(name);
  for (const {keys, value} of open) {
    const {ayes, nays} = value as {ayes?: unknown; nays?: unknown};
    if (!Array.isArray(ayes) || !Array.isArray(nays)) {
      draft.notes.push(`${name} is none of a council's: what is open there stays as it was`);
      return;
    }
    const left = {ayes: ayes.filter(isKnown), nays: nays.filter(isKnown)};
    draft.put(name, keys, {...(value as object), ...left});
  }
  if (open.length > 0) draft.note(name, `votes of others withdrawn in ${open.length} motions`);
}

/** Where members are elected, the next election takes those out whom it knows as members: they have to be ours. */
function replaceElected(draft: StateDraft, pallet: string, council: Accounts): void {
  const name = `${pallet}.Members`;
  const seats = draft.read(name);
  if (!Array.isArray(seats) || seats.length === 0) return;
  const isStruct = !Array.isArray(seats[0]);
  const sorted = [...council].sort(compareBytes);
  draft.replace(
    name,
    sorted.map(who => (isStruct ? {...seats[0], who, stake: 0n, ...without(seats[0])} : [who, 0n])),
  );
  draft.clear(`${pallet}.RunnersUp`);
}

/** Nobody paid for a seat here. */
const without = (seat: object) => ("deposit" in seat ? {deposit: 0n} : {});
