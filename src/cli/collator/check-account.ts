import {readConstant} from "#description";
import type {MemberFacts} from "#desk";
import type {CollatorFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";

/** Refuses an account that could not register now, with what is missing. */
export function checkAccount(desk: Desk, facts: CollatorFacts, account: Uint8Array): void {
  const {set, member} = facts;
  if (member?.kind === "Candidate" || member?.kind === "Invulnerable") return;
  // Where places go by deposits the chain itself says whether one more may wait for one.
  if (set.isByDeposit || set.desiredCandidates === undefined) return;
  const candidates = set.members.filter(({kind}) => kind === "Candidate");
  if (candidates.length < set.desiredCandidates) return;
  const kicked = candidates.filter(({fate}) => fate === "Kicked");
  throw new DeskError({
    code: "no-free-place",
    what: "all places for candidates are taken",
    facts: [
      ["places", `${candidates.length} of ${set.desiredCandidates}`],
      ["account", desk.address(account)],
      [
        "leaving",
        kicked.length === 0
          ? nobodyLeaving(candidates)
          : `${kicked.length} would be kicked at the next session change, at block ${facts.session.nextRotation}`,
      ],
    ],
    todo: "run this again when a place is free (khala collator set --watch shows who is at risk), or ask for more places",
  });
}

const nobodyLeaving = (candidates: readonly MemberFacts[]): string =>
  candidates.every(({fate}) => fate === undefined)
    ? "the chain does not say who would be kicked at the next session change"
    : "nobody is about to be kicked at the next session change";

/** What pallet_session holds of who has keys (`KeyDeposit`, since 2025); 0 where the chain asks for none. */
function keyDeposit({chain}: Desk): bigint {
  const deposit = readConstant(chain.description, "Session.KeyDeposit");
  return deposit.ok && typeof deposit.value === "bigint" ? deposit.value : 0n;
}

/** Refuses where the account cannot pay: the bond, what it has to keep, and the fee. */
export function checkBalance(
  desk: Desk,
  {set, account: {free, nextKeys}, member}: CollatorFacts,
  account: Uint8Array,
  fee: bigint,
): void {
  const isIn = member?.kind === "Candidate" || member?.kind === "Invulnerable";
  const {amount, needed: round} = desk;
  const {existentialDeposit} = set;
  const bond = isIn ? 0n : set.candidacyBond;
  const known = (planck: bigint | undefined) =>
    planck === undefined ? "an unknown amount as" : amount(planck);
  // Newer chains hold something for session keys, from when they are first set.
  const held = nextKeys === undefined ? keyDeposit(desk) : 0n;
  const needed = (bond ?? 0n) + held + (existentialDeposit ?? 0n) + fee;
  const forKeys = held === 0n ? "" : `${amount(held)} held for keys + `;
  const sum = `${known(bond)} bond + ${forKeys}${known(existentialDeposit)} to keep + ${round(fee)} fee`;
  if (free === undefined) {
    desk.say("balance", `the chain does not say it; ${round(needed)} needed (${sum})`);
    return;
  }
  if (free >= needed) {
    desk.say("balance", `${amount(free)} free, ${round(needed)} needed (${sum})`);
    return;
  }
  throw new DeskError({
    code: "balance-too-low",
    what: "the account has too little",
    facts: [
      ["account", desk.address(account)],
      ["free", amount(free)],
      ["needed", `${round(needed)} (${sum})`],
      ["missing", round(needed - free)],
    ],
    todo: `send ${round(needed - free)} or more to the account, then run this again`,
  });
}
