import {mkdtempSync} from "node:fs";
import {availableParallelism, hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {err, millis, ok, type Report, type Result} from "#base";
import type {ChosenChain} from "#chain-spec";
import {parseFinality, parseSealMode, parseTimeServer, SYNC_MODES} from "#core";
import {parsePeerAddress} from "#network";
import {
  LogFilter,
  type LogFormat,
  type NodeConfiguration,
  parseNodeKey,
  parseTelemetryEndpoint,
} from "#node";
import {poolLimits} from "#pool";
import {parseBlocksPruning, parseStatePruning} from "#store";
import {basePathOf} from "../base-path.ts";
import {chainOf} from "../chain-flags.ts";
import type {FlagValues} from "../flags/index.ts";
import {readPasswordFile} from "../password-file.ts";
import {PROGRAM_VERSION} from "../version.ts";
import {FlagError, FlagReader, given, scaled} from "./flag-reader.ts";
import {DEV_NAMES} from "./node-flags.ts";
import {readRpc} from "./read-rpc.ts";

const DEFAULT_P2P_PORT = 30_333;
const MEBIBYTE = 1_048_576;
const KIBIBYTE = 1_024;
/** MiB; a database that runs out of space in the middle of a write costs more than an early stop. */
const DEFAULT_FREE_SPACE = 256;
const FREE_SPACE_INTERVAL = millis(10_000);
const MAX_SIGNATURE_WORKERS = 4;
const MAX_VALIDATION_THREADS = 4;
/** Bytes, a tebibyte: more is a slip of the hand. */
const MOST_STATE_MEMORY = 2 ** 40;

/** What the command line says about a node, and what goes to its log. */
export interface ReadConfiguration {
  readonly node: NodeConfiguration;
  readonly warnings: readonly string[];
  readonly log: {readonly filter: LogFilter; readonly format: LogFormat};
}

/** The configuration of a node; `dev`: of `khala dev`, with its defaults. */
export function readConfiguration(
  values: FlagValues,
  {dev}: {dev: boolean},
): Result<ReadConfiguration, Report & {readonly flag?: string}> {
  if (!dev && !values.has("chain")) {
    return err({
      code: "chain-missing",
      what: "which chain?",
      did: "nothing",
      todo: "khala dev for a dev chain, or --chain dev|local|standalone|FILE; see --help",
    });
  }
  const chosen = chainOf(values, "dev");
  if (!chosen.ok) return chosen;
  try {
    return ok(read(new FlagReader(values), chosen.value, dev));
  } catch (error) {
    if (error instanceof FlagError) return err(error.report);
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return err({
      code: "system-refused",
      what: error.message,
      did: "not started",
      todo: "see to it that temporary files can be made (TMPDIR), or name a --base-path",
    });
  }
}

function read(flags: FlagReader, chosen: ChosenChain, dev: boolean): ReadConfiguration {
  const {values} = flags;
  const {warnings} = chosen;
  // A developer's conveniences are a matter of who runs a chain here, whatever its spec says it is elsewhere.
  const isOthers = dev && chosen.spec.genesis.kind !== "built";
  const spec = isOthers ? {...chosen.spec, chainType: "Development" as const} : chosen.spec;
  const pruning = readPruning(flags);
  if (values.has("tmp") && values.has("base-path")) {
    const expected = "nothing beside --tmp, which keeps everything in a folder of its own";
    throw new FlagError("base-path", values.one("base-path")!, expected, "leave one of them out");
  }
  const throwAway = values.has("tmp") || (dev && !values.has("base-path"));
  const names = DEV_NAMES.filter(name => values.has(name));
  if (names.length > 1) {
    const others = names.slice(1).map(name => `--${name}`);
    throw new FlagError(
      names[0]!,
      "",
      `no other account beside it (${others.join(", ")}): one node with the keys of two would author for both`,
      "start a node for each",
    );
  }
  const devNames = dev && names.length === 0 ? (["alice"] as const) : names;
  const collator = dev || values.has("collator") || names.length > 0;
  const password = flags.parsed("password-filename", readPasswordFile);
  return {
    warnings,
    log: {
      filter: readFilter(values.many("log")),
      format: flags.choice("log-format", ["text", "json", "substrate"]) ?? "text",
    },
    node: {
      spec,
      name: values.one("name") ?? hostname(),
      version: PROGRAM_VERSION,
      throwAway,
      collator,
      devKeys: devNames.map(name => `//${name[0]!.toUpperCase()}${name.slice(1)}`),
      keystorePath: values.one("keystore-path"),
      password,
      seal: flags.parsed("seal", parseSealMode) ?? {kind: "slots"},
      ...given({finality: flags.parsed("finality", parseFinality)}),
      // A dev chain is rehearsed on one node, whoever is in the set.
      forceAuthoring: values.has("force-authoring") || spec.chainType === "Development",
      validateOwnBlocks: values.has("validate-own-blocks"),
      sync: flags.choice("sync", SYNC_MODES) ?? "full",
      network: readNetwork(flags, spec.chainType === "Development"),
      rpc: readRpc(flags, {collator, isDev: spec.chainType === "Development"}),
      ...readPrometheus(flags),
      ...readWebhook(flags),
      ...readTimeServer(flags),
      telemetry: readTelemetry(flags),
      pool: readPool(flags, spec.chainType === "Development"),
      pruning,
      ...given({stateMemory: flags.count("trie-cache-size", MOST_STATE_MEMORY)}),
      signatureWorkers:
        flags.count("signature-workers", 64, 1) ??
        Math.min(MAX_SIGNATURE_WORKERS, availableParallelism()),
      validationThreads:
        flags.count("validation-threads", 64) ??
        Math.min(MAX_VALIDATION_THREADS, availableParallelism() - 1),
      minFreeSpace: (flags.count("min-free-space") ?? DEFAULT_FREE_SPACE) * MEBIBYTE,
      freeSpaceInterval: FREE_SPACE_INTERVAL,
      // The last, since it makes a folder: a wrong flag must not leave one behind.
      basePath: throwAway ? mkdtempSync(join(tmpdir(), "khala-")) : basePathOf(values),
    },
  };
}

/** What is to be kept. Throws `FlagError`. */
function readPruning(flags: FlagReader): NonNullable<NodeConfiguration["pruning"]> {
  const names = flags.values.many("keep-pallet");
  for (const name of names) {
    if (/^[A-Za-z]\w*$/.test(name)) continue;
    throw new FlagError("keep-pallet", name, "the name of a pallet, as Staking, or none");
  }
  const named = names.filter(name => name.toLowerCase() !== "none");
  return given({
    states: flags.parsed("state-pruning", text => parseStatePruning(text.toLowerCase())),
    blocks: flags.parsed("blocks-pruning", text => parseBlocksPruning(text.toLowerCase())),
    pallets: names.length === 0 ? undefined : named,
  });
}

/** What is logged. Throws `FlagError`. */
export function readFilter(directives: readonly string[]): LogFilter {
  const filter = LogFilter.parse(directives);
  if (filter !== undefined) return filter;
  throw new FlagError("log", directives.join(","), "levels such as info or info,aura=debug");
}

/** Addresses to listen on, in the order in which they are tried. */
function readListen(flags: FlagReader, isDevelopment: boolean): string[][] {
  const given = flags.values.many("listen-addr");
  if (given.some(text => text.toLowerCase() === "none")) return [];
  if (given.length > 0) return [given.map(address => multiaddrOf("listen-addr", address))];
  const host = isDevelopment ? "127.0.0.1" : "0.0.0.0";
  const port = flags.count("port", 65_535);
  const on = (number: number) => [`/ip4/${host}/tcp/${number}`];
  // Only a port that was asked for must be had: two nodes on one machine should both start.
  return port === undefined ? [on(DEFAULT_P2P_PORT), on(0)] : [on(port)];
}

function multiaddrOf(flag: string, text: string, withPeer = false): string {
  const isMultiaddr = /^(\/[^/\s]+)+$/.test(text);
  const hasPeer = parsePeerAddress(text) !== undefined;
  if (isMultiaddr && (!withPeer || hasPeer)) return text;
  const expected = withPeer ? "/ip4/ADDRESS/tcp/PORT/p2p/PEER-ID" : "/ip4/ADDRESS/tcp/PORT";
  throw new FlagError(flag, text, `a multiaddr such as ${expected}`);
}

function readNodeKey(flags: FlagReader): NodeConfiguration["network"]["nodeKey"] {
  const file = flags.values.one("node-key-file");
  if (file !== undefined) return {file};
  const text = flags.values.one("node-key");
  if (text === undefined) return undefined;
  const secret = parseNodeKey(text);
  // Not repeated: it is a secret.
  if (secret === undefined) throw new FlagError("node-key", "…", "64 hex digits");
  return {secret};
}

function readNetwork(flags: FlagReader, isDevelopment: boolean): NodeConfiguration["network"] {
  const peers = (flag: string) =>
    flags.values.many(flag).map(address => multiaddrOf(flag, address, true));
  return {
    listen: readListen(flags, isDevelopment),
    announce: flags.values.many("public-addr").map(text => multiaddrOf("public-addr", text)),
    bootnodes: peers("bootnodes"),
    reserved: peers("reserved-nodes"),
    reservedOnly: flags.values.has("reserved-only"),
    slots: given({
      out: flags.count("out-peers", 10_000),
      in: flags.count("in-peers", 10_000),
      inLight: flags.count("in-peers-light", 10_000),
    }),
    nodeKey: readNodeKey(flags),
  };
}

function readTimeServer(flags: FlagReader): Pick<NodeConfiguration, "ntpServer"> {
  const ntpServer = flags.parsed("ntp-server", text => {
    const server = parseTimeServer(text);
    return server === undefined ? err("a host, or HOST:PORT") : ok(server);
  });
  return ntpServer === undefined ? {} : {ntpServer};
}

function readTelemetry({values}: FlagReader): NonNullable<NodeConfiguration["telemetry"]> {
  if (values.has("no-telemetry")) return [];
  return withVerbosity(values.many("telemetry-url")).map(text => {
    const endpoint = parseTelemetryEndpoint(text);
    if (endpoint !== undefined) return endpoint;
    throw new FlagError("telemetry-url", text, '"wss://example.org/submit/ 0", quoted as one');
  });
}

/** URL and verbosity are one value in quotes; without them they come as two, and are still what was meant. */
function withVerbosity(texts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of texts) {
    const last = joined.at(-1);
    if (/^\d$/.test(text) && last !== undefined && !/\s/.test(last))
      joined[joined.length - 1] = `${last} ${text}`;
    else joined.push(text);
  }
  return joined;
}

function readWebhook({values}: FlagReader): Pick<NodeConfiguration, "alertWebhook"> {
  const text = values.one("alert-webhook");
  if (text === undefined) return {};
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return {alertWebhook: url};
  // Not repeated: it may hold a secret.
  throw new FlagError("alert-webhook", "…", "an http or https address");
}

const DEFAULT_PROMETHEUS_PORT = 9_615;

function readPrometheus(flags: FlagReader): Pick<NodeConfiguration, "prometheus"> {
  if (flags.values.has("no-prometheus")) return {};
  const port = flags.count("prometheus-port", 65_535);
  const host = flags.values.has("prometheus-external") ? "0.0.0.0" : "127.0.0.1";
  return {
    prometheus: {host, port: port ?? DEFAULT_PROMETHEUS_PORT, isPortAWish: port === undefined},
  };
}

/** Bounds of the pool. Throws `FlagError`. */
export function readPool(flags: FlagReader, development: boolean): NodeConfiguration["pool"] {
  const count = flags.count("pool-limit");
  const bytes = scaled(flags.count("pool-kbytes"), KIBIBYTE);
  return poolLimits({count, bytes}, {development});
}
