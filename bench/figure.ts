import {availableParallelism, cpus} from "node:os";

/** One measured number, with the limit it is held against where there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was asked for, in the same unit; `atMost` where less is better. */
  readonly aim?: {readonly value: number; readonly atMost?: boolean; readonly from: string};
}

export function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.version}`;
}

function shown(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}

export function printFigure({name, value, unit, aim}: Figure): void {
  const ratio =
    aim === undefined
      ? ""
      : `  ${(value / aim.value).toFixed(2)} of ${aim.atMost ? "at most " : ""}${shown(aim.value)} (${aim.from})`;
  process.stdout.write(
    `${name.padEnd(58)} ${shown(value).padStart(9)} ${unit.padEnd(12)}${ratio}\n`,
  );
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
