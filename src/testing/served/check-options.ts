import {nearestName} from "#base";
import type {ChainOptions} from "../chain-api.ts";
import {traceLevel} from "../traces/trace-level.ts";
import {shownValue} from "./shown-value.ts";

/** What is asked of each option's value, in words, and whether it is that. */
const FORMS = {
  chain: ["the path of a chain spec, or its text", isText],
  seal: [
    "one of instant, manual, slots",
    value => ["instant", "manual", "slots"].includes(value as string),
  ],
  nodes: ["1 to 32", value => isWhole(value, 1, 32)],
  accounts: [
    'a list of different names, such as ["zoe"]',
    value => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  ],
  port: ["0 to 65535", value => isWhole(value, 0, 65_535)],
  parameters: ["values by the names of parameters, such as {session: 10}", isRecord],
  set: ["values by pallets and items, such as {Sudo: {Key: …}}", isRecord],
  code: ["the bytes of a runtime", value => ArrayBuffer.isView(value)],
  trace: ["0 to 4", value => isWhole(value, 0, 4)],
} as const satisfies Record<
  keyof ChainOptions,
  readonly [expected: string, isIt: (value: unknown) => boolean]
>;

export const CHAIN_OPTIONS = Object.keys(FORMS) as (keyof ChainOptions)[];

/**
 * A misspelt option would be without effect, and the test would go on with another chain than it is about; a value of another form
 * would fail somewhere inside, in words about that. Says at once what is wrong. `known`: what it takes.
 */
export function checkOptions(
  what: string,
  options: object,
  known: readonly string[] = CHAIN_OPTIONS,
): void {
  if (!isRecord(options)) {
    throw new Error(
      `${what} takes options, such as {chain: "khala.json"}, and not ${shownValue(options)}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw strange(what, name, known);
    if (value === undefined || !(name in FORMS)) continue;
    const [expected, isIt] = FORMS[name as keyof typeof FORMS];
    if (!isIt(value)) throw new Error(`${what}: ${name} is ${expected}, not ${shownValue(value)}`);
  }
  const {nodes = 1, seal} = options as ChainOptions;
  if (nodes > 1 && seal !== undefined && seal !== "slots") {
    throw new Error(`${what}: ${nodes} nodes take turns by slots, so seal cannot be ${seal}`);
  }
  // What the environment says is as good as an option.
  traceLevel(undefined, process.env);
}

function strange(what: string, name: string, known: readonly string[]): Error {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `it takes ${known.join(", ")}` : `did you mean ${nearest}?`;
  return new Error(`${what} has no option ${name}: ${hint}`);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
