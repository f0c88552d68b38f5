import {equalBytes} from "#base";
import {askFacts, askSession} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {momentText} from "../desk/moments.ts";
import {whenText} from "../desk/session-forecast.ts";
import {type JsonHeader, slotOfJson} from "../json-header.ts";
import {askStatusIfAny} from "./check-node.ts";

export interface AuthoredBlock {
  readonly number: number;
  readonly hash: string;
}

/** Waits, with one line about it, until the account has authored a block. */
export async function awaitFirstBlock(desk: Desk, account: Uint8Array): Promise<AuthoredBlock> {
  const {link, terminal} = desk;
  return link.until("chain_subscribeNewHeads", [], async item => {
    const head = Number((item as JsonHeader).number);
    const facts = await askFacts(desk, account);
    const {member, session} = facts;
    if (member === undefined || member.kind === "Leaving") throw noLongerIn(desk, account);
    if (!member.isActive) {
      const ahead = member.isQueued === true ? 1 : 2;
      const line = `queued: session ${session.index} now, authoring from session ${session.index + ahead}${whenText(facts, ahead, Date.now())}`;
      terminal.progress?.(line, `queued ${session.index}`);
      return undefined;
    }
    // One that nothing was built on may still lose to another of its height.
    const built = [member.lastAuthored ?? 0, head - 1].filter(number => number < head);
    for (const number of built) {
      const hash = await authored(desk, number, account);
      if (hash !== undefined) return {number, hash};
    }
    await tellOfTurns(desk, session.index, head);
    return undefined;
  });
}

/** What the node makes of it, where it does: the sentence of what stands in the way, or the next turn. */
async function tellOfTurns({link, terminal}: Desk, session: number, best: number): Promise<void> {
  const {verdict, nextSlot} = (await askStatusIfAny(link)) ?? {};
  // Who has authored nothing yet is silent, and that is no news in its first turns.
  if (verdict?.level === "bad" && verdict.code !== "kicked-soon") {
    terminal.progress?.(verdict.sentence, `bad ${verdict.code}`);
    return;
  }
  const when =
    nextSlot === undefined ? "" : `, its slot is at ${momentText(nextSlot.at, Date.now())}`;
  terminal.progress?.(
    `active: session ${session}, block ${best}; waiting for the first block${when}`,
    "active",
  );
}

/** The hash of a block, if this account made it. */
async function authored(
  desk: Desk,
  number: number,
  account: Uint8Array,
): Promise<string | undefined> {
  if (number <= 0) return undefined;
  const hash = (await desk.ask("chain_getBlockHash", number)) as string | null;
  if (hash === null) return undefined;
  const header = (await desk.ask("chain_getHeader", hash)) as JsonHeader;
  const slot = slotOfJson(header);
  const {validators} = await askSession(desk, header.parentHash);
  const author = slot === undefined ? undefined : validators[slot % validators.length];
  return author !== undefined && equalBytes(author, account) ? hash : undefined;
}

function noLongerIn(desk: Desk, account: Uint8Array): DeskError {
  return new DeskError({
    code: "not-registered",
    what: "the account is no candidate any more",
    facts: [["account", desk.address(account)]],
    did: "stopped waiting",
    todo: "it left or was kicked: khala collator status says more; run this again to register anew",
  });
}
