import {JSON_FLAG} from "../answer.ts";
import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Flag} from "../flags/index.ts";
import {DEV_FLAGS} from "../node/dev-flags.ts";
import {NODE_FLAGS} from "../node/node-flags.ts";

const CHAIN_FLAG = CHAIN_FLAGS.find(({name}) => name === "chain")!;
const PARAM_FLAG = CHAIN_FLAGS.find(({name}) => name === "param")!;

/** Flags of a node that all nodes of a network may have alike. */
const OF_EVERY_NODE = [
  "validate-own-blocks",
  "rpc-external",
  "unsafe-rpc-external",
  "rpc-methods",
  "rpc-cors",
  "no-dashboard",
  "rpc-rate-limit",
  "rpc-rate-limit-whitelisted-ips",
  "rpc-rate-limit-trust-proxy-headers",
  "rpc-max-connections",
  "rpc-max-request-size",
  "rpc-max-response-size",
  "rpc-max-subscriptions-per-connection",
  "rpc-message-buffer-capacity-per-connection",
  "rpc-disable-batch-requests",
  "rpc-max-batch-request-len",
  "pool-limit",
  "pool-kbytes",
  "log",
  "log-format",
];

/** In which they are another than a node's: one log tells of all nodes. */
const OTHERWISE: Readonly<Record<string, Partial<Flag>>> = {
  log: {standard: "warn"},
  "log-format": {docs: "how a line is written", placeholder: "text|json"},
};

export const NODE_FLAGS_OF_NET: readonly Flag[] = NODE_FLAGS.filter(({name}) =>
  OF_EVERY_NODE.includes(name),
).map(flag => ({...flag, ...OTHERWISE[flag.name]}));

export const NET_FLAGS: readonly Flag[] = [
  JSON_FLAG,
  {
    name: "candidates",
    group: "Network",
    values: "one",
    placeholder: "M",
    docs: "further nodes that register as candidates in the first blocks",
    standard: "0",
  },
  {
    name: "processes",
    group: "Network",
    values: "none",
    docs: "a process for each node, over TCP, instead of all in this one",
  },
  {...CHAIN_FLAG, docs: "a chain-spec file: run as it is, or rehearsed with N collators"},
  ...DEV_FLAGS,
  PARAM_FLAG,
  {
    name: "rpc-port",
    group: "JSON-RPC",
    values: "one",
    placeholder: "PORT",
    docs: "port of the first node, the others follow; 0 takes free ones",
    standard: "9944, or free ones",
  },
  ...NODE_FLAGS_OF_NET,
  {...BASE_PATH_FLAG, docs: "where the nodes keep their data", standard: "thrown away at the end"},
];
