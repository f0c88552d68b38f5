/**
 * `khala doctor`: whether this machine is fit for a collator, and the node on it well. It changes nothing but a small
 * file in the base path, which it removes.
 *
 * Out of scope: why blocks were missed (`khala collator status` and `collator_slots` say that).
 */
import {JSON_FLAG} from "../answer.ts";
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAndReport} from "../desk/run-and-report.ts";
import {NODE_FLAGS} from "../node/node-flags.ts";

/** Flags of a node that say what there is to look at. */
const OF_THE_NODE = [
  "chain",
  "param",
  "genesis",
  "keystore-path",
  "min-free-space",
  "ntp-server",
  "port",
  "rpc-port",
  "prometheus-port",
];

export const doctorCommand: Command = {
  name: "doctor",
  summary: "look at clock, disk, ports, permissions, keys, chain and speed",
  examples: [
    ["khala doctor --ntp-server pool.ntp.org", "the machine, before there is a node"],
    ["khala doctor --base-path /var/lib/khala", "the node that is there, too"],
  ],
  flags: [...LINK_FLAGS, ...NODE_FLAGS.filter(({name}) => OF_THE_NODE.includes(name)), JSON_FLAG],
  run: (values, terminal) =>
    runAndReport(terminal, async () => (await import("./doctor.ts")).doctor(values, terminal)),
};
