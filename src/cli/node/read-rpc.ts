import {err} from "#base";
import type {NodeConfiguration} from "#node";
import {type MethodPolicy, parseExempt, parseOrigins, type RateLimitOptions} from "#rpc";
import {FlagError, type FlagReader, given, scaled} from "./flag-reader.ts";

const DEFAULT_RPC_PORT = 9944;
const MEBIBYTE = 1_048_576;

type Rpc = NodeConfiguration["rpc"];

/** What of the node decides how clients reach it. */
interface Served {
  readonly collator: boolean;
  /** Of a chain of type Development. */
  readonly isDev: boolean;
}

/** How clients reach the node. A collator of a chain that matters is not for strangers. */
export function readRpc(flags: FlagReader, {collator, isDev}: Served): Rpc {
  const {values} = flags;
  const methods = flags.choice<MethodPolicy>("rpc-methods", ["auto", "safe", "unsafe"]) ?? "auto";
  const asked = values.has("rpc-external");
  const external = asked || values.has("unsafe-rpc-external");
  if (asked && collator && !isDev && methods !== "unsafe" && !values.has("unsafe-rpc-external")) {
    throw new FlagError(
      "rpc-external",
      "",
      "a node that does not collate: strangers would reach one that signs blocks",
      "serve clients from another node, or say --unsafe-rpc-external if they cannot reach this one",
    );
  }
  const rateLimit = readRateLimit(flags);
  const socket = values.one("rpc-socket");
  return {
    host: external ? "0.0.0.0" : "127.0.0.1",
    port: flags.count("rpc-port", 65_535) ?? DEFAULT_RPC_PORT,
    methods,
    dashboard: !values.has("no-dashboard"),
    // As in Substrate: developers' tools are on many pages.
    origins: readOrigins(flags) ?? (isDev ? "all" : undefined),
    limits: readLimits(flags),
    ...(rateLimit === undefined ? {} : {rateLimit}),
    ...(socket === undefined ? {} : {socket: /^none$/i.test(socket) ? "none" : {path: socket}}),
  };
}

function readOrigins(flags: FlagReader): Rpc["origins"] {
  return flags.parsed("rpc-cors", text => {
    const origins = parseOrigins(text);
    return origins.ok ? origins : err("origins such as https://example.org, or all");
  });
}

function readLimits(flags: FlagReader): Rpc["limits"] {
  const noBatches = flags.values.has("rpc-disable-batch-requests");
  return given({
    maxConnections: flags.count("rpc-max-connections"),
    maxRequestBytes: scaled(flags.count("rpc-max-request-size", 1_024), MEBIBYTE),
    maxResponseBytes: scaled(flags.count("rpc-max-response-size", 1_024), MEBIBYTE),
    maxSubscriptionsPerConnection: flags.count("rpc-max-subscriptions-per-connection"),
    maxBatchLength: noBatches ? 0 : flags.count("rpc-max-batch-request-len", undefined, 1),
    maxQueuedMessages: flags.count("rpc-message-buffer-capacity-per-connection"),
  });
}

function readRateLimit(flags: FlagReader): RateLimitOptions | undefined {
  const perMinute = flags.count("rpc-rate-limit", undefined, 1);
  if (perMinute === undefined) return undefined;
  const texts = flags.values
    .many("rpc-rate-limit-whitelisted-ips")
    .flatMap(text => text.split(/[\s,]+/))
    .filter(text => text !== "");
  const exempt = parseExempt(texts);
  if (!exempt.ok) {
    const expected = "addresses or networks such as 10.0.0.0/8";
    throw new FlagError("rpc-rate-limit-whitelisted-ips", exempt.error, expected);
  }
  const trustProxyHeaders = flags.values.has("rpc-rate-limit-trust-proxy-headers");
  return {perMinute, exempt: exempt.value, trustProxyHeaders};
}
