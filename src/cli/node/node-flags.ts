import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Flag} from "../flags/index.ts";

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
const RPC = "JSON-RPC";
const POOL = "Transaction pool";

/** Flags of a running node, by Substrate's names wherever Substrate has them. */
export const NODE_FLAGS: readonly Flag[] = [
  ...CHAIN_FLAGS,
  flag("Chain", "dev", "the same as khala dev"),
  BASE_PATH_FLAG,
  flag("Data", "tmp", "a temporary base path, removed at the end"),
  flag("Data", "keystore-path", "where keys are kept, instead of the chain's own folder", {
    placeholder: "PATH",
  }),
  flag("Data", "password-filename", "file with the password of the keystore", {
    placeholder: "FILE",
  }),
  flag("Data", "state-pruning", "which states are kept; only archive yet", {
    placeholder: "MODE",
    alias: "pruning",
    standard: "archive",
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
  flag(SEALING, "name", "name of this node", {placeholder: "NAME", standard: "host name"}),
  flag(SEALING, "signature-workers", "threads that check signatures", {
    placeholder: "COUNT",
    standard: "cores, at most 4",
  }),
  flag(RPC, "rpc-port", "port of HTTP and WebSocket; 0 takes a free one", {
    placeholder: "PORT",
    standard: "9944",
  }),
  flag(RPC, "rpc-external", "listen on all interfaces, not only this machine's"),
  flag(RPC, "rpc-methods", "unsafe methods: auto (from this machine only), safe, unsafe", {
    placeholder: "POLICY",
    standard: "auto",
  }),
  flag(RPC, "rpc-cors", "pages that may connect: a list of origins, or all", {
    placeholder: "ORIGINS",
    standard: "localhost and polkadot.js.org",
  }),
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
  flag(RPC, "rpc-message-buffer-capacity-per-connection", "messages queued for a slow reader", {
    placeholder: "COUNT",
    standard: "64",
  }),
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
  flag("Output", "log-format", "text or json", {placeholder: "FORMAT", standard: "text"}),
];
