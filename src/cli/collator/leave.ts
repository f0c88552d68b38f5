import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {askFacts, type CollatorFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {whenText} from "../desk/session-forecast.ts";
import {awaitPending, NOTHING_TO_SETTLE, settleCalls} from "../desk/settle-call.ts";
import {readSigner} from "../desk/signer.ts";

/** Gives up an account's candidacy, and follows it to its last session. */
export async function leave(desk: Desk): Promise<number> {
  const {link, chain, values, terminal, say, amount} = desk;
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const {account} = signer;
  const address = desk.address(account);
  const call = desk.calls.leaveIntent();
  say("node", `${chain.program} at ${link.place}`);
  say("account", address);
  await awaitPending(desk, address, account);
  const before = await askFacts(desk, account);
  let settled = NOTHING_TO_SETTLE;
  /** `lastSession`: that with which authoring ends; null where it is not known, or the account authors in none. */
  const conclude = (isOver: boolean, lastSession: number | null, ...lines: readonly string[]) => {
    const {calls, isDone: isLeaving} = settled;
    answer(terminal, values, {account: address, calls, isLeaving, isOver, lastSession}, lines);
    return SUCCESS;
  };
  if (before.member?.kind === "Candidate") {
    checkEligible(before, address);
    settled = await settleCalls(desk, signer, [call], ({member}) => member?.kind !== "Candidate");
    if (!settled.isDone) return conclude(false, null);
    const {deposit} = before.member;
    say("bond", `${deposit === undefined ? "" : `${amount(deposit)}, `}free from now on`);
  } else if (before.member?.kind !== "Leaving") {
    throw notLeaving(before, address);
  } else {
    say("bond", "free since it left");
  }
  const after = await askFacts(desk, account);
  const left = sessionsLeft(after);
  if (left === 0) return conclude(true, null, "left: the account authors in no session");
  const last = after.session.index + left - 1;
  const line = (facts: CollatorFacts) => {
    const {index} = facts.session;
    const when = whenText(facts, last + 1 - index, Date.now());
    const end = after.member?.isQueued === undefined ? "at the latest with" : "with";
    return `leaving: session ${index} now, authoring ends ${end} session ${last}${when}`;
  };
  if (values.has("no-wait")) return conclude(false, last, line(after));
  await link.until("chain_subscribeNewHeads", [], async () => {
    const facts = await askFacts(desk, account);
    if (facts.session.index > last) return true;
    terminal.progress?.(line(facts), `leaving ${facts.session.index}`);
    return undefined;
  });
  return conclude(true, last, `left: ${address} authors no more, and the node may be stopped`);
}

function checkEligible({set}: CollatorFacts, address: string): void {
  const {isOfCandidates} = set;
  const eligible = set.members.filter(({kind}) =>
    isOfCandidates ? kind === "Candidate" : kind !== "Leaving",
  ).length;
  if (set.minEligible === undefined || eligible > set.minEligible) return;
  throw new DeskError({
    code: "too-few-left",
    what: "the account may not leave now: too few collators would be left",
    facts: [
      ["account", address],
      [isOfCandidates ? "candidates" : "collators", `${eligible}; ${set.minEligible} have to stay`],
    ],
    todo: "wait until another one has joined, then run this again",
  });
}

function notLeaving({member}: CollatorFacts, address: string): DeskError {
  const facts = [["account", address]] as const;
  if (member?.kind === "Invulnerable") {
    return new DeskError({
      code: "appointed",
      what: "the account is an invulnerable: it has no bond and cannot leave by itself",
      facts,
      todo: "ask the chain's root for collatorSelection.removeInvulnerable",
    });
  }
  return new DeskError({
    code: "not-registered",
    what: "the account is no candidate",
    facts,
    todo: "nothing: there is no bond to be had back",
  });
}

/** In how many sessions from this one on the account authors: where the chain does not say who is queued, at most. */
function sessionsLeft({member}: CollatorFacts): number {
  if (member === undefined) return 0;
  if (member.isQueued ?? member.isActive) return 2;
  return member.isActive ? 1 : 0;
}
