/**
 * Starts a node of the foreign chain, prints where its RPC is and runs until it is told to stop. What is special about the
 * chain is said in JSON: `node --import tsx foreign-node.ts '{"unpublished": ["Session"], "properties": {}}'`. A program of
 * its own, since pages' tests are compiled with a browser's types, and a node is not.
 */
import "../../src/polyfills.ts";
import {signedUpgrade} from "../../src/core/test-kit/upgrade.ts";
import {type ForeignNodeOptions, startForeignNode} from "../../src/node/test-kit/foreign-node.ts";

/** All but what is no JSON. */
type Special = Omit<ForeignNodeOptions, "finality" | "onFatal">;

const {node, url} = await startForeignNode({
  authors: ["Alice", "Bob"],
  dashboard: true,
  ...(JSON.parse(process.argv[2] ?? "{}") as Special),
});
// Its root has the chain go on with the next version.
process.on("SIGUSR2", () => void node.pool.submit("Local", signedUpgrade(node.core, node.crypto)));
process.on("SIGTERM", () => void node.stop().then(() => process.exit(0)));
process.stdout.write(`${url}\n`);
