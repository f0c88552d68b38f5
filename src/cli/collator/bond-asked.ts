import {type AmountUnit, amountOfText, amountText} from "../desk/amounts.ts";
import {DeskError} from "../desk/desk-error.ts";
import type {OperatorCalls} from "../desk/operator-calls.ts";
import type {FlagValues} from "../flags/index.ts";

/** The bond that was asked for, in the smallest unit; undefined where none was. Throws `DeskError` for what the chain takes for none. */
export function bondAsked(
  values: FlagValues,
  unit: AmountUnit,
  calls: OperatorCalls,
  least: bigint | undefined,
  given = values.one("bond"),
): bigint | undefined {
  if (given === undefined) return undefined;
  if (!calls.takesBonds) {
    throw new DeskError({
      code: "bond-fixed",
      what: "on this chain all candidates have the same bond",
      ...(least === undefined ? {} : {facts: [["bond", amountText(least, unit)]] as const}),
      todo: "leave the amount out: who registers first has the place",
    });
  }
  const amount = amountOfText(given, unit);
  if (amount === undefined) {
    throw new DeskError({
      code: "flag-invalid",
      what: `${given} is no amount of ${unit.symbol}`,
      todo: "write whole units, such as 1000 or 0.5",
    });
  }
  if (least !== undefined && amount < least) {
    throw new DeskError({
      code: "bond-too-low",
      what: `a bond of ${amountText(amount, unit)} is below the least`,
      facts: [["least", amountText(least, unit)]],
      todo: "offer as much, or more",
    });
  }
  return amount;
}
