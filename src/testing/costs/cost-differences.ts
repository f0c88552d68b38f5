import {grouped} from "../traces/trace-text.ts";
import {type Cost, PARTS} from "./cost-file.ts";

export interface CostDifference {
  readonly name: string;
  readonly part: (typeof PARTS)[number];
  readonly was: Cost[(typeof PARTS)[number]];
  readonly is: Cost[(typeof PARTS)[number]];
}

/** `tolerance`: per cent of what was known by which a number may be off. */
export function differencesIn(
  name: string,
  known: Cost,
  measured: Cost,
  tolerance: number,
): readonly CostDifference[] {
  return PARTS.flatMap(part => {
    const [was, is] = [known[part], measured[part]];
    if (was === is) return [];
    const change = percent(was, is);
    return change !== undefined && Math.abs(change) <= tolerance ? [] : [{name, part, was, is}];
  });
}

/** Undefined where one of the two is no number, and of nothing. */
function percent(was: CostDifference["was"], is: CostDifference["is"]): number | undefined {
  if (typeof was !== "number" || typeof is !== "number" || was === 0) return undefined;
  return ((is - was) / was) * 100;
}

const WORDS: Readonly<Record<CostDifference["part"], string>> = {
  refTime: "ref time, ps",
  proofSize: "proof size, bytes",
  proof: "proof measured, bytes",
  error: "error",
};

/** Name, what of it, what it was, what it is, and by how much. */
export function differenceTable(differences: readonly CostDifference[]): string {
  const rows = [
    ["", "", "was", "is", "difference"],
    ...differences.map(({name, part, was, is}) => [
      name,
      WORDS[part],
      shown(was),
      shown(is),
      shownPercent(percent(was, is)),
    ]),
  ];
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map(row => row[at]!.length)));
  return rows
    .map(row =>
      row
        .map((cell, at) => (at < 2 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
        .join("  ")
        .trimEnd(),
    )
    .map(line => `  ${line}`)
    .join("\n");
}

const shown = (value: CostDifference["was"]): string =>
  typeof value === "number" ? grouped(value) : (value ?? "none");

function shownPercent(change: number | undefined): string {
  if (change === undefined) return "";
  const sign = change > 0 ? "+" : "";
  // A change is told as one, however small it is.
  const digits = Math.abs(change) < 0.1 ? 3 : 1;
  return `${sign}${change.toFixed(digits)} %`;
}
