import {answer} from "../answer.ts";
import {SUCCESS} from "../command.ts";
import {askFacts} from "../desk/collator-facts.ts";
import type {Desk} from "../desk/desk.ts";
import {DeskError} from "../desk/desk-error.ts";
import {awaitPending, settleCalls} from "../desk/settle-call.ts";
import {readSigner} from "../desk/signer.ts";
import {bondAsked} from "./bond-asked.ts";

/** Raises or lowers a candidate's bond, by which places go on newer chains. */
export async function bond(desk: Desk): Promise<number> {
  const {link, chain, values, terminal, say, amount, calls} = desk;
  const signer = await readSigner(values, terminal, desk.keyPairs);
  const {account} = signer;
  const address = desk.address(account);
  say("node", `${chain.program} at ${link.place}`);
  say("account", address);
  await awaitPending(desk, address, account);
  const {member, set} = await askFacts(desk, account);
  const wanted = bondAsked(values, chain, calls, set.candidacyBond, values.positional[0]);
  if (wanted === undefined) {
    throw new DeskError({
      code: "argument-missing",
      what: "which bond?",
      todo: "khala collator bond AMOUNT, in whole units of the token",
    });
  }
  if (member?.kind !== "Candidate") {
    throw new DeskError({
      code: "not-registered",
      what: "the account is no candidate",
      facts: [["account", address]],
      todo: "khala collator join --bond AMOUNT",
    });
  }
  say("bond", `${member.deposit === undefined ? "unknown" : amount(member.deposit)} now`);
  const {calls: sent, isDone} = await settleCalls(
    desk,
    signer,
    [calls.updateBond(wanted)],
    now => now.member?.deposit === wanted,
  );
  const facts = {account: address, calls: sent, isDone, bond: String(wanted)};
  answer(terminal, values, facts, isDone ? [`bond: ${amount(wanted)}`] : []);
  return SUCCESS;
}
