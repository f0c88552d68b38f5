import {resolve} from "node:path";
import {err, ok, type Report, type Result} from "#base";
import type {FlagValues} from "../flags/index.ts";

/** What was asked for. */
export interface NetOptions {
  readonly invulnerables: number;
  readonly candidates: number;
  readonly processes: boolean;
  /** `name=value` each. */
  readonly parameters: readonly string[];
  readonly rpcPort: number;
  /** Undefined: nothing is kept. */
  readonly basePath: string | undefined;
}

const HIGHEST_PORT = 65_535;
const DEFAULT_RPC_PORT = 9_944;
/** More nodes than any machine runs; the bounds of the chain are raised to hold them. */
const MOST_NODES = 1_000;

export function readNetOptions(values: FlagValues): Result<NetOptions, Report> {
  const [count] = values.positional;
  const invulnerables = wholeNumber(count, 1, MOST_NODES);
  const candidates = wholeNumber(values.one("candidates") ?? "0", 0, MOST_NODES);
  const rpcPort = wholeNumber(values.one("rpc-port") ?? String(DEFAULT_RPC_PORT), 0, HIGHEST_PORT);
  const wrong = (what: string, todo: string) =>
    err({code: "flag-invalid", what, did: "nothing", todo});
  if (invulnerables === undefined) {
    return wrong("how many collators?", `khala net N, from 1 to ${MOST_NODES}: khala net 4`);
  }
  if (candidates === undefined) return wrong("--candidates", `a number up to ${MOST_NODES}`);
  if (rpcPort === undefined) return wrong("--rpc-port", "a port, or 0 for free ones");
  if (rpcPort + invulnerables + candidates - 1 > HIGHEST_PORT) {
    return wrong("--rpc-port: each node has the next one", `so many end beyond ${HIGHEST_PORT}`);
  }
  const basePath = values.one("base-path");
  return ok({
    invulnerables,
    candidates,
    processes: values.has("processes"),
    parameters: values.many("param"),
    rpcPort,
    basePath: basePath === undefined ? undefined : resolve(basePath),
  });
}

function wholeNumber(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
