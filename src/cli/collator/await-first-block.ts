import {equalBytes} from "#base";
import {askSession} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {momentText} from "../desk/moments.ts";
import {orUnknown} from "../desk/or-unknown.ts";
import type {StatusJson} from "../desk/status-json.ts";
import {type JsonHeader, slotOfJson} from "../json-header.ts";

export interface AuthoredBlock {
  readonly number: number;
  readonly hash: string;
}

/** Waits, with one line about it, until the account has authored a block. */
export async function awaitFirstBlock(desk: Desk, account: Uint8Array): Promise<AuthoredBlock> {
  const {link, terminal} = desk;
  return link.until("collator_subscribeStatus", [], async item => {
    const status = item as StatusJson;
    const {standing, authorsFrom, session, nextSlot, head} = status;
    if (status.account !== desk.address(account) || standing === undefined) return undefined;
    if (standing.kind === "None") throw noLongerIn(desk, account);
    if (authorsFrom !== undefined) {
      const {session: from, block, at} = authorsFrom;
      const line = `queued: session ${session.index} now, authoring from session ${orUnknown(from)}, about ${orUnknown(at, each => momentText(each, Date.now()))} (block ${orUnknown(block)})`;
      terminal.progress?.(line, `queued ${session.index}`);
      return undefined;
    }
    const {lastAuthored} = standing;
    if (lastAuthored !== null && lastAuthored > 0) {
      const hash = await authored(desk, lastAuthored, account);
      if (hash !== undefined) return {number: lastAuthored, hash};
    }
    const {verdict} = status;
    // Who has authored nothing yet is silent, and that is no news in its first turns.
    if (verdict.level === "bad" && verdict.code !== "kicked-soon") {
      terminal.progress?.(verdict.sentence, `bad ${verdict.code}`);
      return undefined;
    }
    const when =
      nextSlot === undefined ? "" : `, its slot is at ${momentText(nextSlot.at, Date.now())}`;
    terminal.progress?.(
      `active: session ${session.index}, block ${head.best}; waiting for the first block${when}`,
      "active",
    );
    return undefined;
  });
}

/** The hash of a block, if this account made it. */
async function authored(
  {link}: Desk,
  number: number,
  account: Uint8Array,
): Promise<string | undefined> {
  const hash = (await link.ask("chain_getBlockHash", number)) as string | null;
  if (hash === null) return undefined;
  const header = (await link.ask("chain_getHeader", hash)) as JsonHeader;
  const slot = slotOfJson(header);
  const {validators} = await askSession(link, header.parentHash);
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
