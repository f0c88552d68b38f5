/** What something costs a block, as a runtime says it. */
export interface ReadWeight {
  /** Picoseconds on the machine that weights were measured on. */
  readonly refTime: bigint;
  /** Bytes of proof; undefined in runtimes that do not count them. */
  readonly proofSize: bigint | undefined;
}

/** A number until 2022, two since; undefined for what is neither. */
export function weightFrom(value: unknown): ReadWeight | undefined {
  if (typeof value === "bigint") return {refTime: value, proofSize: undefined};
  if (typeof value !== "object" || value === null) return undefined;
  const {refTime, proofSize} = value as {refTime?: unknown; proofSize?: unknown};
  if (typeof refTime !== "bigint") return undefined;
  return {refTime, proofSize: typeof proofSize === "bigint" ? proofSize : undefined};
}
