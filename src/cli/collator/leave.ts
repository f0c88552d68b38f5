import {SUCCESS} from "../command.ts";
import {askFacts, type CollatorFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {momentText} from "../desk/moments.ts";
import {orUnknown} from "../desk/or-unknown.ts";
import {awaitPending, settleCall} from "../desk/settle-call.ts";
import {readSigner} from "../desk/signer.ts";
import type {StatusJson} from "../desk/status-json.ts";
import {askStatus} from "./check-node.ts";

/** Gives up an account's candidacy, and follows it to its last session. */
export async function leave(desk: Desk): Promise<number> {
  const {link, chain, values, terminal, say, amount} = desk;
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const {account} = signer;
  const address = desk.address(account);
  const status = await askStatus(link);
  say("node", `${chain.program} at ${link.place}`);
  say("account", address);
  await awaitPending(desk, address, account);
  const before = await askFacts(link, account);
  if (before.member?.kind === "Candidate") {
    checkEligible(before, address);
    const call = desk.calls.leaveIntent();
    const isSent = await settleCall(desk, signer, call, ({member}) => member?.kind !== "Candidate");
    if (!isSent) return SUCCESS;
    say("bond", `${amount(before.member.deposit)}, free from now on`);
  } else if (before.member?.kind !== "Leaving") {
    throw notLeaving(before, address);
  } else {
    say("bond", "free since it left");
  }
  const end = endOf(await askFacts(link, account));
  if (end === undefined) {
    terminal.stdout("left: the account authors in no session");
    return SUCCESS;
  }
  const now = Date.now();
  const at = now + (end.block - status.head.best) * status.head.slotDuration;
  const line = (session: number | null) =>
    `leaving: session ${orUnknown(session)} now, authoring ends with session ${end.session}, about ${momentText(at, now)} (block ${end.block})`;
  if (values.has("no-wait")) {
    terminal.stdout(line(status.session.index));
    return SUCCESS;
  }
  await link.until("collator_subscribeStatus", [], async item => {
    const {session, head} = item as StatusJson;
    if (head.best >= end.block) return true;
    terminal.progress?.(line(session.index), `leaving ${session.index}`);
    return undefined;
  });
  terminal.stdout(`left: ${address} authors no more, and the node may be stopped`);
  return SUCCESS;
}

function checkEligible({set}: CollatorFacts, address: string): void {
  const eligible = set.members.filter(({kind}) => kind !== "Leaving").length;
  if (eligible > set.minEligible) return;
  throw new DeskError({
    code: "too-few-left",
    what: "the account may not leave now: too few collators would be left",
    facts: [
      ["account", address],
      ["collators", `${eligible}; ${set.minEligible} have to stay`],
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

/** The last session that the account authors in, and the block at which it is over. */
function endOf({member, session}: CollatorFacts): {session: number; block: number} | undefined {
  if (member?.isQueued === true) {
    return {session: session.index + 1, block: session.nextRotation + session.period};
  }
  return member?.isActive === true
    ? {session: session.index, block: session.nextRotation}
    : undefined;
}
