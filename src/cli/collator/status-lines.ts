import {type AmountUnit, amountText} from "../desk/amounts.ts";
import {durationText, momentText} from "../desk/moments.ts";
import type {StatusJson} from "../desk/status-json.ts";
import {row} from "../table.ts";
import {clockText} from "./check-node.ts";

/** A status as people read it: the verdict first, then the facts that it rests on. */
export function statusLines(status: StatusJson, unit: AmountUnit, now: number): string[] {
  const {verdict, account, head, session, production, clock} = status;
  return [
    verdict.sentence,
    ...(verdict.todo === undefined ? [] : [row("do", verdict.todo)]),
    row("account", account ?? "none"),
    ...(status.balance === undefined
      ? []
      : [
          row(
            "balance",
            `${amountText(BigInt(status.balance.free), unit)} free, ${amountText(BigInt(status.balance.reserved), unit)} reserved`,
          ),
        ]),
    ...standingLines(status, unit),
    ...(status.keys === undefined ? [] : [row("keys", status.keys.sentence)]),
    ...status.stoppedKeys.map(({keyType, publicKey, what}) =>
      row("stopped", `${keyType} ${publicKey}: another node signs with it (${what})`),
    ),
    row(
      "session",
      `${session.index}, block ${session.blocksInto} of ${session.period}; the next one at block ${session.nextRotationBlock}, about ${momentText(session.nextRotationAt, now)}`,
    ),
    row("blocks", productionText(production)),
    ...(status.nextSlot === undefined
      ? []
      : [row("next slot", `${status.nextSlot.slot} at ${momentText(status.nextSlot.at, now)}`)]),
    row(
      "head",
      `${head.best}, ${durationText(head.age)} old; final ${head.finalized}; ${head.peers} peers${head.isSyncing ? "; catching up" : ""}`,
    ),
    ...(head.stall === undefined ? [] : [row("finality", head.stall)]),
    row("clock", clockText(clock)),
  ];
}

function standingLines({standing, authorsFrom}: StatusJson, unit: AmountUnit): string[] {
  if (standing === undefined) return [];
  const {kind, position, candidates, desiredCandidates, deposit, kick} = standing;
  const bond = amountText(BigInt(deposit), unit);
  const what =
    kind === "Candidate"
      ? `candidate ${position} of ${candidates}, ${desiredCandidates} places, bond ${bond}`
      : STANDINGS[kind];
  const from =
    authorsFrom === undefined
      ? []
      : [row("authors", `from session ${authorsFrom.session} on, block ${authorsFrom.block}`)];
  return [row("standing", what), ...from, row("kick", kick.sentence)];
}

const STANDINGS = {
  Invulnerable: "invulnerable: appointed, without bond",
  Leaving: "leaving: no candidate any more, its bond is free",
  None: "no candidate",
} as const;

function productionText({turns, made, expected, low, high}: StatusJson["production"]): string {
  const whole = (count: number) => count.toFixed(1);
  return `${made} of ${turns} own slots this session; ${whole(expected)} expected of an equal share, ${whole(low)} to ${whole(high)} by luck`;
}
