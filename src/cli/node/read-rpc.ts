import {err} from "#base";
import type {NodeConfiguration} from "#node";
import {type MethodPolicy, parseExempt, parseOrigins, type RateLimitOptions} from "#rpc";
import {FlagError, type FlagReader, given, scaled} from "./flag-reader.ts";

const DEFAULT_RPC_PORT = 9944;
const MEBIBYTE = 1_048_576;

type Rpc = NodeConfiguration["rpc"];

/** How clients reach the node. `guarded`: it is a collator of a chain that matters, which strangers should not reach. */
export function readRpc(flags: FlagReader, guarded: boolean): Rpc {
  const {values} = flags;
  const methods = flags.choice<MethodPolicy>("rpc-methods", ["auto", "safe", "unsafe"]) ?? "auto";
  const asked = values.has("rpc-external");
  const external = asked || values.has("unsafe-rpc-external");
  if (asked && guarded && methods !== "unsafe" && !values.has("unsafe-rpc-external")) {
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
    origins: flags.parsed("rpc-cors", text => {
      const origins = parseOrigins(text);
      return origins.ok ? origins : err("origins such as https://example.org, or all");
    }),
    limits: readLimits(flags),
    ...(rateLimit === undefined ? {} : {rateLimit}),
    ...(socket === undefined ? {} : {socket: socket === "none" ? socket : {path: socket}}),
  };
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
