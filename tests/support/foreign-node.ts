/**
 * Starts a node of the foreign chain, prints where its RPC is and runs until it is told to stop. What is special about the
 * chain is said in JSON: `node --import tsx foreign-node.ts '{"unpublished": ["Session"], "properties": {}}'`. A program of
 * its own, since pages' tests are compiled with a browser's types, and a node is not.
 */
import {type ForeignNodeOptions, startForeignNode} from "../../src/node/test-kit/foreign-node.ts";

/** Pallets that the metadata is silent about, and what the chain spec says of token and addresses. */
type Special = Pick<ForeignNodeOptions, "unpublished" | "properties">;

const {node, url} = await startForeignNode({
  authors: ["Alice", "Bob"],
  dashboard: true,
  ...(JSON.parse(process.argv[2] ?? "{}") as Special),
});
process.on("SIGTERM", () => void node.stop().then(() => process.exit(0)));
process.stdout.write(`${url}\n`);
