import {err, ok, PHA, type Result} from "#base";
import type {FeeSinkChoice, FinalityVoters, Parameters} from "#runtime";

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
  return value <= 0xffff_ffff ? ok(value) : err("a whole number up to 4294967295");
}

function bigNumber(text: string): Result<bigint, string> {
  const digits = text.replaceAll("_", "");
  return DECIMAL.test(digits) ? ok(BigInt(digits)) : err("a whole number");
}

/** `200ms`, `12s`, or plain milliseconds. */
function duration(text: string): Result<bigint, string> {
  const match = /^(\d+)(ms|s)?$/.exec(text);
  if (match === null) return err("a time such as 500ms or 12s");
  const value = BigInt(match[1]!);
  return ok(match[2] === "s" ? value * 1_000n : value);
}

/** `16PHA`, `0.5PHA`, or plain planck. */
function amount(text: string): Result<bigint, string> {
  const match = /^(\d+)(?:\.(\d{1,12}))?\s*PHA$/i.exec(text);
  if (match !== null) {
    const fraction = (match[2] ?? "").padEnd(12, "0");
    return ok(BigInt(match[1]!) * PHA + BigInt(fraction));
  }
  return DECIMAL.test(text) ? ok(BigInt(text)) : err("an amount such as 16PHA, or planck");
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
