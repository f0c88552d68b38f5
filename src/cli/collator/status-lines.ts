import {type AmountUnit, amountText} from "../desk/amounts.ts";
import {durationText, momentText} from "../desk/moments.ts";
import {orUnknown, UNKNOWN} from "../desk/or-unknown.ts";
import type {StatusJson} from "../desk/status-json.ts";
import {row} from "../table.ts";
import {clockText} from "./check-node.ts";

/** A status as people read it: the verdict first, then the facts that it rests on. */
export function statusLines(status: StatusJson, unit: AmountUnit, now: number): string[] {
  const {verdict, account, head, production, clock} = status;
  const amount = (planck: string | null) =>
    orUnknown(planck, each => amountText(BigInt(each), unit));
  return [
    verdict.sentence,
    ...(verdict.todo === undefined ? [] : [row("do", verdict.todo)]),
    ...(status.since === null ? [] : [row("since", sinceText(status.since, now))]),
    row("account", account ?? "none"),
    ...(status.balance === undefined
      ? []
      : [
          row(
            "balance",
            `${amount(status.balance.free)} free, ${amount(status.balance.reserved)} reserved`,
          ),
        ]),
    ...standingLines(status, unit),
    ...(status.keys === undefined ? [] : [row("keys", status.keys.sentence)]),
    ...status.stoppedKeys.map(({keyType, publicKey, what}) =>
      row("stopped", `${keyType} ${publicKey}: another node signs with it (${what})`),
    ),
    row("session", sessionText(status.session, now)),
    ...(status.authorities === null
      ? []
      : [
          row(
            "authorities",
            `${status.authorities.count} keys take turns, ${status.authorities.held} of them here`,
          ),
        ]),
    row("blocks", productionText(production)),
    ...(status.nextSlot === undefined
      ? []
      : [row("next slot", `${status.nextSlot.slot} at ${momentText(status.nextSlot.at, now)}`)]),
    row(
      "head",
      `${head.best}, ${durationText(head.age)} old; final ${head.finalized}; ${head.peers} peers${head.isSyncing ? "; catching up" : ""}`,
    ),
    ...(head.stall === undefined ? [] : [row("finality", head.stall)]),
    ...(head.missingVoters.length === 0
      ? []
      : [row("not voted", head.missingVoters.map(({account: who, key}) => who ?? key).join(", "))]),
    row("clock", clockText(clock)),
    ...timeLines(status.time),
  ];
}

/** Below it nobody sees it. */
const NOTABLE = 1_000;

/** Where the chain's time is another than the machine's. */
function timeLines({ahead, rate}: StatusJson["time"]): readonly string[] {
  if (rate !== 1) return [row("chain's time", `${rate} times as fast as the machine's`)];
  if (Math.abs(ahead) < NOTABLE) return [];
  const side = ahead > 0 ? "ahead of" : "behind";
  return [row("chain's time", `${durationText(Math.abs(ahead))} ${side} the machine's`)];
}

function sinceText({at, isAtLeast}: NonNullable<StatusJson["since"]>, now: number): string {
  const lasted = durationText(now - at);
  return isAtLeast
    ? `before ${momentText(at, now)}, when this node began to look: ${lasted} at least`
    : `${momentText(at, now)}, for ${lasted}`;
}

function sessionText(session: StatusJson["session"], now: number): string {
  const {index, blocksInto, period, nextRotationBlock, nextRotationAt} = session;
  if (index === null) return orUnknown(index);
  const next =
    nextRotationBlock === null
      ? `the next one at a block that is ${orUnknown(nextRotationBlock)}`
      : `the next one at block ${nextRotationBlock}, about ${orUnknown(nextRotationAt, at => momentText(at, now))}`;
  return `${index}, block ${orUnknown(blocksInto)} of ${orUnknown(period)}; ${next}`;
}

function standingLines(
  {standing, authorsFrom, whyNoSet}: StatusJson,
  unit: AmountUnit,
): readonly string[] {
  if (standing === undefined) {
    return whyNoSet === undefined ? [] : [row("standing", `${orUnknown(null)}: ${whyNoSet}`)];
  }
  const {kind, position, candidates, desiredCandidates, deposit, kick} = standing;
  const bond = orUnknown(deposit, each => amountText(BigInt(each), unit));
  const what =
    kind === "Candidate"
      ? `candidate ${position} of ${orUnknown(candidates)}, ${orUnknown(desiredCandidates)} places, bond ${bond}`
      : orUnknown(kind, each => STANDINGS[each]);
  const from =
    authorsFrom === undefined
      ? []
      : [
          row(
            "authors",
            `from session ${orUnknown(authorsFrom.session)} on, block ${orUnknown(authorsFrom.block)}`,
          ),
        ];
  return [row("standing", what), ...from, row("kick", kick.sentence)];
}

const STANDINGS = {
  Candidate: "candidate",
  Invulnerable: "invulnerable: appointed, without bond",
  Leaving: "leaving: no candidate any more, its bond is free",
  None: "no candidate",
} as const;

function productionText({turns, made, expected, low, high}: StatusJson["production"]): string {
  if (made === null && turns === null && expected === null) return UNKNOWN;
  const whole = (count: number | null) => orUnknown(count, each => each.toFixed(1));
  return `${orUnknown(made)} of ${orUnknown(turns)} own slots this session; ${whole(expected)} expected of an equal share, ${whole(low)} to ${whole(high)} by luck`;
}
