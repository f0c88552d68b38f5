import type {TraceLevel} from "../chain-api.ts";

/** The variable by which whoever runs tests says how much a failing one tells; runners keep their command line to themselves. */
const VARIABLE = "KHALA_TRACE";

/** How much is told of a test's transactions: what its options say, or else whoever runs it; 0 if nobody does. */
export function traceLevel(
  option: number | undefined,
  env: Readonly<Record<string, string | undefined>>,
): TraceLevel {
  if (option !== undefined) return checked(option, "trace");
  const asked = env[VARIABLE];
  return asked === undefined || asked === "" ? 0 : checked(Number(asked), VARIABLE, asked);
}

function checked(level: number, what: string, said: unknown = level): TraceLevel {
  if (Number.isInteger(level) && level >= 0 && level <= 4) return level as TraceLevel;
  throw new Error(`${what} is 0 to 4, not ${String(said)}`);
}
