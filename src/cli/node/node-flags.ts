import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import {FINALITY_FLAG} from "../finality-flag.ts";
import type {Flag} from "../flags/index.ts";
import {CONFIG_FLAG} from "../settings/layers.ts";

const flag = (group: string, name: string, docs: string, rest: Partial<Flag> = {}): Flag => ({
  name,
  group,
  docs,
  values: rest.placeholder === undefined ? "none" : "one",
  ...rest,
});

/** Well-known accounts by whose flag a node collates: `--alice`. */
export const DEV_NAMES = ["alice", "bob", "charlie", "dave", "eve", "ferdie"] as const;

const SEALING = "Authoring";
const NETWORK = "Network";
const RPC = "JSON-RPC";
const POOL = "Transaction pool";
const METRICS = "Metrics";

/** Flags of a running node, by Substrate's names wherever Substrate has them. */
export const NODE_FLAGS: readonly Flag[] = [
  CONFIG_FLAG,
  ...CHAIN_FLAGS.filter(({name}) => name !== "dev"),
  flag("Chain", "dev", "the same as khala dev"),
  BASE_PATH_FLAG,
  flag("Data", "tmp", "a temporary base path, removed at the end"),
  flag("Data", "keystore-path", "where keys are kept, instead of the chain's own folder", {
    placeholder: "PATH",
  }),
  flag("Data", "password-filename", "file with the password of the keystore", {
    placeholder: "FILE",
  }),
  flag(
    "Data",
    "state-pruning",
    "which states are kept: archive, archive-canonical (none off the final chain), the last so many final ones, or since:HEIGHT",
    {
      placeholder: "MODE",
      alias: "pruning",
      standard: "as the database has it; of a new one 256, of a dev chain archive",
    },
  ),
  flag(
    "Data",
    "blocks-pruning",
    "which bodies of blocks are kept: archive, archive-canonical, or the last so many final ones; headers always are",
    {placeholder: "MODE", standard: "as the database has it; of a new one archive"},
  ),
  flag(
    "Data",
    "keep-pallet",
    "a pallet whose storage can be read at all heights, by the name in the metadata; none: no more of them",
    {placeholder: "NAME", values: "many"},
  ),
  flag("Data", "trie-cache-size", "bytes of memory for a large state's newest versions; 0: none", {
    placeholder: "BYTES",
    standard: "268435456",
  }),
  flag("Data", "min-free-space", "MiB to leave free; with less the node stops", {
    placeholder: "MIB",
    standard: "256",
  }),
  flag(SEALING, "collator", "author blocks with the keys in the keystore", {alias: "validator"}),
  ...DEV_NAMES.map(name =>
    flag(SEALING, name, `collate as //${name[0]!.toUpperCase()}${name.slice(1)}, on dev chains`),
  ),
  flag(SEALING, "seal", "when blocks are made: slots, instant, manual, interval=MS", {
    placeholder: "MODE",
    standard: "slots",
  }),
  FINALITY_FLAG,
  flag(SEALING, "name", "name of this node", {placeholder: "NAME", standard: "host name"}),
  flag(SEALING, "signature-workers", "threads that check signatures", {
    placeholder: "COUNT",
    standard: "cores, at most 4",
  }),
  flag(
    SEALING,
    "validation-threads",
    "threads that validate transactions when many come; 0: none",
    {
      placeholder: "COUNT",
      standard: "cores less one, at most 4",
    },
  ),
  flag(
    SEALING,
    "ntp-server",
    "time server that the clock is held against, beside what others' blocks say",
    {placeholder: "HOST[:PORT]"},
  ),
  flag(
    SEALING,
    "validate-own-blocks",
    "have the runtime's own validate_block judge each own block before anybody is told of it",
  ),
  flag(SEALING, "force-authoring", "author although no peer is there to hear of it"),
  flag(NETWORK, "port", "port for peers; 0 takes a free one", {
    placeholder: "PORT",
    standard: "30333, or a free one",
  }),
  flag(
    NETWORK,
    "listen-addr",
    "where to listen for peers, /ip4/…/tcp/PORT or …/tcp/PORT/ws; none: no peers",
    {
      placeholder: "MULTIADDR",
      values: "many",
      standard: "/ip4/0.0.0.0/tcp/PORT; on dev chains 127.0.0.1",
    },
  ),
  flag(NETWORK, "public-addr", "what peers are told instead of the addresses listened on", {
    placeholder: "MULTIADDR",
    values: "many",
  }),
  flag(NETWORK, "bootnodes", "peers to begin with, /ip4/…/tcp/PORT/p2p/ID", {
    placeholder: "MULTIADDR",
    values: "many",
  }),
  flag(NETWORK, "reserved-nodes", "peers to keep a connection with, beyond the slots", {
    placeholder: "MULTIADDR",
    values: "many",
  }),
  flag(NETWORK, "reserved-only", "no peers but the reserved ones"),
  flag(NETWORK, "out-peers", "peers that are dialled", {placeholder: "COUNT", standard: "8"}),
  flag(NETWORK, "in-peers", "full peers that may dial", {placeholder: "COUNT", standard: "32"}),
  flag(NETWORK, "in-peers-light", "light clients that may dial", {
    placeholder: "COUNT",
    standard: "100",
  }),
  flag(
    NETWORK,
    "sync",
    "how to catch up: full; warp, from a proved state at once; fast, so and older blocks first",
    {placeholder: "MODE", standard: "full"},
  ),
  flag(NETWORK, "node-key-file", "file with the key that the peer id follows from", {
    placeholder: "FILE",
    standard: "network/secret_ed25519 in the chain's folder",
  }),
  flag(
    NETWORK,
    "node-key",
    "the key itself, 64 hex digits; others can see it in the process list",
    {placeholder: "HEX", isSecret: true},
  ),
  flag(RPC, "rpc-port", "port of HTTP and WebSocket; 0 takes a free one", {
    placeholder: "PORT",
    standard: "9944",
  }),
  flag(
    RPC,
    "rpc-external",
    "listen on all interfaces, not only this machine's; refused for collators, unless unsafe methods are allowed on purpose",
  ),
  flag(RPC, "unsafe-rpc-external", "the same, for collators too"),
  flag(RPC, "rpc-methods", "unsafe methods: auto (from this machine only), safe, unsafe", {
    placeholder: "POLICY",
    standard: "auto",
  }),
  flag(RPC, "rpc-cors", "pages that may connect: a list of origins, or all", {
    placeholder: "ORIGINS",
    standard: "localhost and polkadot.js.org; on dev chains all",
  }),
  flag(RPC, "no-dashboard", "JSON-RPC only: no page at the port"),
  flag(
    RPC,
    "rpc-socket",
    "file of a socket over which this user may call all methods, unsafe ones too; or none",
    {placeholder: "PATH", standard: "rpc.sock in the chain's folder"},
  ),
  flag(RPC, "rpc-rate-limit", "calls a minute of one connection", {
    placeholder: "COUNT",
    standard: "no limit",
  }),
  flag(RPC, "rpc-rate-limit-whitelisted-ips", "clients without that limit: addresses, 10.0.0.0/8", {
    placeholder: "CIDR",
    values: "many",
  }),
  flag(
    RPC,
    "rpc-rate-limit-trust-proxy-headers",
    "count clients by what a proxy in front says of them",
  ),
  flag(RPC, "rpc-max-connections", "connections at once", {placeholder: "COUNT", standard: "100"}),
  flag(RPC, "rpc-max-request-size", "MiB of a request", {placeholder: "MIB", standard: "15"}),
  flag(RPC, "rpc-max-response-size", "MiB of a response", {placeholder: "MIB", standard: "15"}),
  flag(RPC, "rpc-max-subscriptions-per-connection", "subscriptions of one connection", {
    placeholder: "COUNT",
    standard: "1024",
  }),
  flag(RPC, "rpc-max-batch-request-len", "requests in one batch", {
    placeholder: "COUNT",
    standard: "1000",
  }),
  flag(RPC, "rpc-disable-batch-requests", "refuse batches"),
  flag(RPC, "rpc-message-buffer-capacity-per-connection", "messages queued for a slow reader", {
    placeholder: "COUNT",
    standard: "64",
  }),
  flag(METRICS, "prometheus-port", "port of /metrics for Prometheus; 0 takes a free one", {
    placeholder: "PORT",
    standard: "9615, or a free one",
  }),
  flag(METRICS, "prometheus-external", "serve metrics on all interfaces"),
  flag(
    METRICS,
    "alert-webhook",
    "where alerts are posted as JSON: missed slots, a kick ahead, keys, finality, disk, clock",
    {placeholder: "URL", isSecret: true},
  ),
  flag(
    METRICS,
    "telemetry-url",
    'telemetry server and verbosity, "wss://… 0"; nothing is told to anybody without it',
    {placeholder: "URL VERBOSITY", values: "many"},
  ),
  flag(METRICS, "no-telemetry", "no telemetry, whatever else is said"),
  flag(METRICS, "no-prometheus", "serve no metrics"),
  flag(POOL, "pool-limit", "transactions that may be ready", {
    placeholder: "COUNT",
    standard: "8192",
  }),
  flag(POOL, "pool-kbytes", "KiB of ready transactions", {placeholder: "KIB", standard: "20480"}),
  flag("Output", "log", "what is logged: info, or info,aura=debug", {
    short: "l",
    placeholder: "FILTER",
    values: "many",
    standard: "info",
  }),
  flag("Output", "log-format", "substrate: the lines that scripts for Substrate's nodes look for", {
    placeholder: "text|json|substrate",
    standard: "text",
  }),
];
