import {BASE_PATH_FLAG} from "../base-path.ts";
import {CHAIN_FLAGS} from "../chain-flags.ts";
import type {Flag} from "../flags/index.ts";

const PARAM_FLAG = CHAIN_FLAGS.find(({name}) => name === "param")!;

export const NET_FLAGS: readonly Flag[] = [
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
  PARAM_FLAG,
  {
    name: "rpc-port",
    group: "JSON-RPC",
    values: "one",
    placeholder: "PORT",
    docs: "port of the first node, the others follow; 0 takes free ones",
    standard: "9944",
  },
  {...BASE_PATH_FLAG, docs: "where the nodes keep their data", standard: "thrown away at the end"},
];
