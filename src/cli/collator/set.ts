import {SUCCESS} from "../command.ts";
import {type AmountUnit, amountText} from "../desk/amounts.ts";
import {askUnit} from "../desk/chain-at-hand.ts";
import {momentText} from "../desk/moments.ts";
import type {NodeLink} from "../desk/node-link.ts";
import {orUnknown, UNKNOWN} from "../desk/or-unknown.ts";
import type {KickedJson, MemberJson, SetJson} from "../desk/status-json.ts";
import type {FlagValues} from "../flags/index.ts";
import type {Terminal} from "../key/index.ts";
import {tell, tellAgain} from "../screen.ts";
import {row, table} from "../table.ts";

const HEAD = ["account", "is", "bond", "session", "last block", "score", "at the next change"];
const RIGHT = [2, 4, 5];

/** Everybody in the set: bonds, blocks against what was expected, and who would be kicked next. */
export async function set(link: NodeLink, values: FlagValues, terminal: Terminal): Promise<number> {
  const unit = await askUnit(link);
  const show = async (tellIt: typeof tell) => {
    const answer = (await link.ask("collator_set")) as SetJson;
    if (values.has("json")) terminal.stdout(JSON.stringify(answer));
    else tellIt(terminal, setLines(answer, unit, Date.now(), terminal.columns));
  };
  if (!values.has("watch")) {
    await show(tell);
    return SUCCESS;
  }
  return link.until<number>("chain_subscribeNewHeads", [], async () => {
    await show(tellAgain);
    return undefined;
  });
}

/** `columns`: of the screen that they are for, if they are for one. */
export function setLines(view: SetJson, unit: AmountUnit, now: number, columns?: number): string[] {
  const {candidacyBond, desiredCandidates, kickThreshold, minEligible, isOfCandidates} = view;
  const {members, kicked} = view;
  if (members === null) return [row("collators", `${UNKNOWN}: this chain does not publish them`)];
  return [
    ...table(
      HEAD,
      members.map(member => cells(member, unit)),
      {right: RIGHT, columns},
    ),
    "",
    row("places", placesText(members, desiredCandidates)),
    row(
      "bond",
      orUnknown(candidacyBond, bond => amountText(BigInt(bond), unit)),
    ),
    row(
      "kick",
      kickThreshold === null && minEligible === null
        ? UNKNOWN
        : `after ${orUnknown(kickThreshold)} blocks of silence, and never below ${orUnknown(minEligible)} ${isOfCandidates ? "candidates" : "collators"}`,
    ),
    ...kicked.map((each, i) => row(i === 0 ? "kicked lately" : "", kickedText(each, unit, now))),
  ];
}

/** Who was taken off the list, when, why, and what became of the bond. */
function kickedText(
  {account, block, at, bond, silentFor, threshold}: KickedJson,
  unit: AmountUnit,
  now: number,
): string {
  const when = at === null ? "" : `, ${momentText(at, now)}`;
  const most = threshold === null ? "" : ` of ${threshold}`;
  const why = silentFor === null ? "" : `: silent for ${silentFor}${most} blocks`;
  const back =
    bond === null ? "its bond is back" : `its bond of ${amountText(BigInt(bond), unit)} is back`;
  return `${account} at block ${block}${when}${why}; ${back}`;
}

/** Members without a kind are of a chain that does not publish who stands for collating. */
function placesText(members: readonly MemberJson[], places: SetJson["desiredCandidates"]): string {
  if (members.some(({kind}) => kind === null)) return UNKNOWN;
  const candidates = members.filter(({kind}) => kind === "Candidate").length;
  return `${candidates} of ${orUnknown(places)} taken by candidates`;
}

function cells(member: MemberJson, unit: AmountUnit): string[] {
  const {account, kind, deposit, isActive, isQueued, authored, expected, kick, isOurs} = member;
  return [
    `${account}${isOurs ? " (this node)" : ""}`,
    orUnknown(kind, each => each.toLowerCase()),
    kind === "Candidate" ? orUnknown(deposit, each => amountText(BigInt(each), unit)) : "",
    sessionText(isActive, isQueued),
    lastBlock(member),
    isActive ? `${orUnknown(authored)} of ${orUnknown(expected, each => each.toFixed(1))}` : "",
    kick.sentence,
  ];
}

function sessionText(isActive: boolean, isQueued: boolean | null): string {
  if (isQueued === null) return isActive ? `now, next ${UNKNOWN}` : UNKNOWN;
  return isActive ? (isQueued ? "now, next" : "now") : isQueued ? "next" : "waits";
}

/** Of those who leave the chain remembers no block. */
function lastBlock({lastAuthored, kind}: MemberJson): string {
  if (lastAuthored === null) return UNKNOWN;
  if (lastAuthored > 0) return String(lastAuthored);
  return kind === "Leaving" ? "" : "none yet";
}
