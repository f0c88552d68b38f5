/**
 * `khala net N`: a network of N collators on this machine, in one process over a network in memory or, with
 * `--processes`, in one process each over TCP. Each node has its RPC port; one log tells of all. Ctrl-C ends it.
 *
 * Out of scope: networks that go on for longer than a rehearsal (run `khala --chain` on each machine), and tests
 * (`khala/testing` moves time itself).
 */
import type {Command} from "../command.ts";
import {SUBSTRATE_FLAGS} from "../substrate/index.ts";
import {NET_FLAGS} from "./net-flags.ts";

export const netCommand: Command = {
  name: "net",
  summary: "run a network of N collators on this machine",
  examples: [
    ["khala net 4", "four collators in one process"],
    ["khala net 4 --candidates 2 --param session=20", "two more that register in the first blocks"],
    ["khala net 4 --chain khala.json --rate 120", "another chain, 120 times as fast"],
  ],
  usage: "N [FLAGS]",
  most: 1,
  flags: NET_FLAGS,
  foreign: SUBSTRATE_FLAGS,
  leaves: true,
  // Read when it is asked for: other commands start without it.
  run: async (values, terminal) => (await import("./run-net.ts")).runNet(values, terminal),
};
