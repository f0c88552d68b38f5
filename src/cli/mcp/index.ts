/**
 * `khala mcp`: a chain for assistants that speak the Model Context Protocol, over standard input and output, with no port.
 * Its tools are the node's own methods, from the document that the node makes of their declarations, and a few that read the
 * chain by the names of its metadata.
 *
 * Whoever writes on a chain can write to an assistant. So nothing here signs, no method that has to do with keys is a
 * tool whatever the flags say, unsafe ones are tools of development chains only and only where that was asked for, and
 * what comes from the chain is handed on as JSON, as data.
 *
 * Out of scope: signing (`khala collator …`, wallets), subscriptions, which no tool can hold, and nodes of other programs.
 */
import type {Command} from "../command.ts";
import {LINK_FLAGS} from "../desk/link-flags.ts";
import {runAtDesk} from "../desk/run-at-desk.ts";

export const mcpCommand: Command = {
  name: "mcp",
  summary:
    "serve a node's methods to assistants (Model Context Protocol, standard input and output)",
  examples: [
    ["khala mcp", "of the node at ws://127.0.0.1:9944"],
    [
      "khala mcp --allow-unsafe",
      "of a dev chain, with its time, state and origins in the assistant's hands",
    ],
  ],
  flags: [
    ...LINK_FLAGS,
    {
      name: "allow-unsafe",
      group: "Tools",
      values: "none",
      docs: "unsafe methods too, on chains of type Development; none that has to do with keys",
    },
  ],
  run: (values, terminal) =>
    runAtDesk(values, terminal, async link =>
      (await import("./run-mcp.ts")).runMcp(link, values, terminal),
    ),
};
