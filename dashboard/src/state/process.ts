import type {ProcessStatus} from "../../../src/rpc/questions/process.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

export const processStatus = asked<ProcessStatus>(
  () => node.call("khala_process"),
  everyFiveSeconds,
);
