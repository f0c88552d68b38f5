import type {NetNode} from "../contract/node-answers.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

/** Null: whoever started them does not answer. */
export const netNodes = asked<readonly NetNode[] | null>(
  () => node.call("khala_netNodes"),
  everyFiveSeconds,
);
