import type {Outcome} from "../chain-api.ts";

/** What one transaction costs, as a file has it. */
export interface Cost {
  /** Picoseconds. */
  readonly refTime: number;
  /** Bytes, as the runtime counts beforehand; absent of runtimes that do not. */
  readonly proofSize?: number;
  /** Bytes, as measured; absent of chains without proofs. */
  readonly proof?: number;
  /** Of a transaction that is meant to fail. */
  readonly error?: string;
}

export type KnownCosts = Readonly<Record<string, Cost>>;

/** In the order in which tables have them. */
export const PARTS = ["refTime", "proofSize", "proof", "error"] as const;

/** Fails where nothing tells what it cost. */
export function costOf(name: string, {weight, proofSize, error}: Outcome): Cost {
  if (weight === undefined) {
    throw new Error(`${name} has no cost of its own: no extrinsic's events tell its weight`);
  }
  return {
    refTime: exact(name, weight.refTime),
    ...(weight.proofSize === undefined ? {} : {proofSize: exact(name, weight.proofSize)}),
    ...(proofSize === undefined ? {} : {proof: proofSize}),
    ...(error === undefined ? {} : {error}),
  };
}

function exact(name: string, number: bigint): number {
  if (number > Number.MAX_SAFE_INTEGER) throw new Error(`${name}: ${number} is no cost of a block`);
  return Number(number);
}

export function readCosts(text: string, file: string): KnownCosts {
  try {
    const costs: unknown = JSON.parse(text);
    if (isRecord(costs) && Object.values(costs).every(isCost)) return costs as KnownCosts;
  } catch {
    // Said below.
  }
  throw new Error(`${file} is no file of costs: take it as it was committed, or remove it`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCost = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.refTime === "number" &&
  Object.keys(value).every(key => (PARTS as readonly string[]).includes(key));

/** One line an entry, by their names: so that a change of one is a change of one line. */
export function writeCosts(costs: KnownCosts): string {
  const lines = Object.entries(costs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cost]) => {
      const parts = PARTS.flatMap(part =>
        cost[part] === undefined ? [] : [`"${part}": ${JSON.stringify(cost[part])}`],
      );
      return `  ${JSON.stringify(name)}: {${parts.join(", ")}}`;
    });
  return `{\n${lines.join(",\n")}\n}\n`;
}
