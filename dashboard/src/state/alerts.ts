import type {Alerts} from "../contract/index.ts";
import {everyFiveSeconds} from "../rpc/cadence.ts";
import {asked} from "../rpc/live.ts";
import {node} from "../rpc/node.ts";

export const alerts = asked<Alerts>(() => node.call("collator_alerts"), everyFiveSeconds);
