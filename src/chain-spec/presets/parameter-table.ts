import {err, ok, type Result} from "#base";
import {MAX_U32, MAX_U64, MAX_U128} from "#codec";
import type {FeeSinkChoice, FinalityVoters, Parameters} from "#runtime";
import {PHA} from "#runtime";

/** How one parameter is written by people: in a chain spec by `key`, on the command line by `flag`. */
export interface ParameterEntry {
  readonly key: keyof Parameters;
  /** Name for `--param`. */
  readonly flag: string;
  readonly docs: string;
  /** Reads the text of a flag or a spec, without units' names or with them. */
  parse(text: string): Result<Parameters[keyof Parameters], string>;
  format(value: Parameters[keyof Parameters]): string;
}

const DECIMAL = /^\d+$/;

function wholeNumber(text: string): Result<number, string> {
  const digits = text.replaceAll("_", "");
  // Number("") is 0, so the form is looked at first.
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  return value <= MAX_U32 ? ok(value) : err(`a whole number up to ${MAX_U32} (u32)`);
}

function bigNumber(text: string): Result<bigint, string> {
  const digits = text.replaceAll("_", "");
  const value = DECIMAL.test(digits) ? BigInt(digits) : -1n;
  return value >= 0n && value <= MAX_U64 ? ok(value) : err("a whole number up to 2^64 - 1 (u64)");
}

/** `200ms`, `12s`, or plain milliseconds. */
function duration(text: string): Result<bigint, string> {
  const match = /^(\d+)(ms|s)?$/.exec(text);
  if (match === null) return err("a time such as 500ms or 12s");
  const value = BigInt(match[1]!) * (match[2] === "s" ? 1_000n : 1n);
  return value <= MAX_U64 ? ok(value) : err("a time of at most 2^64 - 1 ms (u64)");
}

/** `16PHA`, `0.5PHA`, or plain planck. */
function amount(text: string): Result<bigint, string> {
  const planck = planckOf(text);
  if (planck === undefined) return err("an amount such as 16PHA, or planck");
  return planck <= MAX_U128 ? ok(planck) : err("at most 2^128 - 1 planck (u128)");
}

function planckOf(text: string): bigint | undefined {
  const match = /^(\d+)(?:\.(\d{1,12}))?\s*PHA$/i.exec(text);
  if (match === null) return DECIMAL.test(text) ? BigInt(text) : undefined;
  const fraction = (match[2] ?? "").padEnd(12, "0");
  return BigInt(match[1]!) * PHA + BigInt(fraction);
}

function choice<T extends string>(options: readonly T[]): (text: string) => Result<T, string> {
  return text => {
    const found = options.find(option => option.toLowerCase() === text.toLowerCase());
    return found === undefined ? err(options.map(o => o.toLowerCase()).join(" or ")) : ok(found);
  };
}

const lowerCase = (value: string): string => value.toLowerCase();

function entry<T extends Parameters[keyof Parameters]>(
  key: keyof Parameters,
  flag: string,
  docs: string,
  parse: (text: string) => Result<T, string>,
  format: (value: T) => string = String,
): ParameterEntry {
  return {key, flag, docs, parse, format: format as ParameterEntry["format"]};
}

/** Every parameter that a chain spec or `--param` may set, in the order in which they are shown. */
export const PARAMETER_TABLE: readonly ParameterEntry[] = [
  entry("slotDuration", "slot", "time between blocks", duration, value => `${value}ms`),
  entry("sessionPeriod", "session", "blocks per session", wholeNumber),
  entry("kickThreshold", "kick", "silent blocks before a candidate is kicked", wholeNumber),
  entry("minEligibleCollators", "min", "collators that must always be left", wholeNumber),
  entry("candidacyBond", "bond", "bond of a candidate at genesis", amount),
  entry("desiredCandidates", "desired", "candidates that may register at genesis", wholeNumber),
  entry("maxCandidates", "max-candidates", "bound of the list of candidates", wholeNumber),
  entry("maxInvulnerables", "max-invulnerables", "bound of the invulnerables", wholeNumber),
  entry("maxAuthorities", "max-authorities", "bound of Aura's authorities", wholeNumber),
  entry("existentialDeposit", "ed", "smallest balance of an account", amount),
  entry("maxBlockRefTime", "max-ref-time", "weight of a block, picoseconds", bigNumber),
  entry("maxBlockProofSize", "max-proof-size", "weight of a block, bytes of proof", bigNumber),
  entry("maxBlockLength", "max-length", "bytes of a block", wholeNumber),
  entry("blockHashCount", "block-hashes", "block hashes kept in state", wholeNumber),
  entry("feePerBillionRefTime", "weight-fee", "planck per 10^9 ps of weight", bigNumber),
  entry("feePerByte", "byte-fee", "planck per byte", amount),
  entry(
    "feeSink",
    "fees",
    "who gets fees",
    choice<FeeSinkChoice>(["Pot", "Treasury", "Burn"]),
    lowerCase,
  ),
  entry(
    "finalityVoters",
    "voters",
    "who votes on finality",
    choice<FinalityVoters>(["Genesis", "Invulnerables"]),
    lowerCase,
  ),
];
