import {type Parameters, parameterBounds} from "./parameters.ts";

/** A parameter that cannot be, or (`warning`) that will surprise. */
export interface ParameterFinding {
  readonly severity: "error" | "warning";
  readonly parameter: keyof Parameters;
  readonly message: string;
}

/** Most of a block hash window that a mortal era can need is 65,536; a longer one is only cost. */
const MAX_BLOCK_HASH_COUNT = 65_536;

/** Moments are counted in numbers of 53 bits by the node and by its clients. */
const LONGEST_SLOT = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Bytes of the longest block that peers can hand on: an answer to a request for blocks has 16 MiB at most, as in
 * Substrate (spec/network §1.5), and header, proofs of finality and framing take some of that. A longer one would be made,
 * and nobody could ever fetch it.
 */
const MAX_BLOCK_LENGTH = 15 * 1_024 * 1_024;

/**
 * Parameters that depend on each other are held against each other before a chain is made of them; each finding
 * names the parameter to change and the one it clashes with.
 */
export function checkParameters(p: Parameters, invulnerables: number): ParameterFinding[] {
  const findings: ParameterFinding[] = [];
  const error = (parameter: keyof Parameters, message: string) =>
    findings.push({severity: "error", parameter, message});

  if (p.slotDuration < 2n || p.slotDuration % 2n !== 0n) {
    error("slotDuration", `must be even and at least 2 ms, is ${p.slotDuration} ms`);
  }
  if (p.slotDuration > LONGEST_SLOT) {
    error("slotDuration", `must be at most ${LONGEST_SLOT} ms, is ${p.slotDuration} ms`);
  }
  if (p.sessionPeriod < 1) error("sessionPeriod", "must be at least 1 block");
  if (p.kickThreshold < 1 || p.kickThreshold % Math.max(1, p.sessionPeriod) !== 0) {
    error(
      "kickThreshold",
      `must be a multiple of sessionPeriod (${p.sessionPeriod}), is ${p.kickThreshold}`,
    );
  }
  if (p.minEligibleCollators < 1) error("minEligibleCollators", "must be at least 1");
  if (p.desiredCandidates > p.maxCandidates) {
    error("desiredCandidates", `must not exceed maxCandidates (${p.maxCandidates})`);
  }
  if (invulnerables > p.maxInvulnerables) {
    error("maxInvulnerables", `must allow the ${invulnerables} invulnerables of genesis`);
  }
  if (invulnerables > p.maxAuthorities) {
    error("maxAuthorities", `must allow the ${invulnerables} authorities of genesis`);
  }
  if (p.existentialDeposit < 1n) error("existentialDeposit", "must be at least 1 planck");
  if (p.maxBlockRefTime < 10_000_000_000n) {
    error("maxBlockRefTime", "must be at least 10,000,000,000 ps: a transfer has to fit");
  }
  if (p.maxBlockProofSize < 100_000n) error("maxBlockProofSize", "must be at least 100,000 bytes");
  if (p.maxBlockLength < 4_096) error("maxBlockLength", "must be at least 4,096 bytes");
  if (p.maxBlockLength > MAX_BLOCK_LENGTH) {
    error("maxBlockLength", `must be at most ${MAX_BLOCK_LENGTH} bytes: peers have to fetch it`);
  }
  if (p.blockHashCount < 8 || p.blockHashCount > MAX_BLOCK_HASH_COUNT) {
    error("blockHashCount", `must be between 8 and ${MAX_BLOCK_HASH_COUNT}`);
  }
  for (const [name, {type, highest}] of parameterBounds) {
    const value = p[name];
    if (typeof value === "string" || (value >= 0 && value <= highest)) continue;
    error(name, `${value} is not a ${type} (0 to ${highest})`);
  }
  const authors = invulnerables + p.desiredCandidates;
  if (authors * 3 > p.kickThreshold) {
    findings.push({
      severity: "warning",
      parameter: "kickThreshold",
      message:
        `${p.kickThreshold} blocks for up to ${authors} authors: with fewer than three turns a threshold, ` +
        "a live candidate can be kicked by chance",
    });
  }
  return findings;
}
