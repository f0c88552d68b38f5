/**
 * Starts a node of the foreign chain, whose metadata is silent about the pallets named, prints where its RPC is and runs
 * until it is told to stop: `node --import tsx foreign-node.ts Session CollatorSelection`. A program of its own, since pages'
 * tests are compiled with a browser's types, and a node is not.
 */
import {startForeignNode} from "../../src/node/test-kit/foreign-node.ts";

const {node, url} = await startForeignNode({
  authors: ["Alice", "Bob"],
  dashboard: true,
  unpublished: process.argv.slice(2),
});
process.on("SIGTERM", () => void node.stop().then(() => process.exit(0)));
process.stdout.write(`${url}\n`);
