import {resolve} from "node:path";
import {err, ok, type Report, type Result} from "#base";
import type {GenesisMakers} from "#chain-spec";
import {LogFilter, type NodeConfiguration} from "#node";
import type {DevelopmentWishes} from "#rehearsal";
import type {FlagValues} from "../flags/index.ts";
import {ofOtherChains, wishesIn} from "../node/dev-flags.ts";
import {FlagError, FlagReader} from "../node/flag-reader.ts";
import {readFilter, readPool} from "../node/read-configuration.ts";
import {readRpc} from "../node/read-rpc.ts";
import {NODE_FLAGS_OF_NET} from "./net-flags.ts";

/** What was asked for. */
export interface NetOptions {
  /** A chain of somebody's, instead of ours: a chain spec's path. */
  readonly chain: string | undefined;
  /** What is asked of that chain, should it be rehearsed on the way. */
  readonly wishes: (makers: GenesisMakers) => Result<DevelopmentWishes, Report>;
  readonly invulnerables: number;
  readonly candidates: number;
  readonly processes: boolean;
  /** `name=value` each. */
  readonly parameters: readonly string[];
  readonly rpcPort: number;
  /** Nobody named the ports: where one is taken, a free one will do. */
  readonly isPortAWish: boolean;
  /** Undefined: nothing is kept. */
  readonly basePath: string | undefined;
  /** What all nodes have alike. */
  readonly node: Pick<NodeConfiguration, "rpc" | "pool" | "validateOwnBlocks">;
  readonly log: {readonly filter: LogFilter; readonly format: "text" | "json"};
  /** The same as a node's command line has it. */
  readonly nodeArguments: readonly string[];
}

/** What a node of a net is told where nobody says what is logged. */
const QUIET = "--log=warn";

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
  const misfit = values.has("chain") ? undefined : ofOtherChains(values);
  if (misfit !== undefined) return err(misfit);
  const basePath = values.one("base-path");
  let alike: Pick<NetOptions, "node" | "log">;
  try {
    alike = readAlike(values);
  } catch (error) {
    if (error instanceof FlagError) return err(error.report);
    throw error;
  }
  return ok({
    ...alike,
    nodeArguments: argumentsOf(values),
    isPortAWish: !values.has("rpc-port"),
    chain: values.one("chain"),
    wishes: makers => wishesIn(values, makers),
    invulnerables,
    candidates,
    processes: values.has("processes"),
    parameters: values.many("param"),
    rpcPort,
    basePath: basePath === undefined ? undefined : resolve(basePath),
  });
}

function readAlike(values: FlagValues): Pick<NetOptions, "node" | "log"> {
  const flags = new FlagReader(values);
  return {
    // A rehearsal on one machine: all its secrets are known.
    node: {
      rpc: readRpc(flags, {collator: true, isDev: false}),
      pool: readPool(flags, false),
      validateOwnBlocks: values.has("validate-own-blocks"),
    },
    log: {
      filter: values.has("log") ? readFilter(values.many("log")) : new LogFilter("warn", new Map()),
      format: flags.choice("log-format", ["text", "json"]) ?? "text",
    },
  };
}

function argumentsOf(values: FlagValues): string[] {
  const log = values.has("log") ? [] : [QUIET];
  return [
    ...log,
    ...NODE_FLAGS_OF_NET.filter(({name}) => values.has(name)).flatMap(({name, values: kind}) =>
      kind === "none" ? [`--${name}`] : values.many(name).map(value => `--${name}=${value}`),
    ),
  ];
}

function wholeNumber(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
