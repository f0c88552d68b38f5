// Which test files take longest, so that they begin first: one that is begun last runs on while the other core has nothing
// left to do. In the order of one run on two cores; those that take less than half a minute are not listed.
import {relative} from "node:path";

const LONGEST = [
  "tests/genuine/collator-story",
  "tests/kills/kills",
  "tests/e2e/snapshots",
  "tests/compat/smoldot/light-client",
  "tests/compat/test-runners/runners",
  "tests/compat/test-runners/upgrade-example",
  "tests/compat/polkadot-api/idle",
  "tests/compat/polkadot-js/idle",
  "tests/browser/desk/foreign-metadata",
  "tests/browser/desk/foreign-chain",
  "tests/browser/desk/foreign-money",
  "tests/e2e/refusals",
  "tests/e2e/warp-sync",
  "src/node/snapshots/snapshot-crash",
  "tests/e2e/five-collators",
  "tests/e2e/foreign-upgrade",
  "tests/browser/desk/cut-off",
  "tests/e2e/solo-chain",
  "tests/sim/simulation",
  "tests/compat/smoldot/forgeries",
  "tests/browser/desk/unknown-facts",
  "tests/e2e/desk/refusals",
  "tests/kills/damage",
  "tests/e2e/sealing",
  "tests/e2e/state-wiping",
  "tests/sim/far-claims",
  "tests/e2e/durability",
  "src/crypto-native/signature-compliance",
  "tests/genuine/one-command",
  "tests/e2e/mcp",
  "tests/e2e/desk/doctor",
  "tests/e2e/net",
  "tests/e2e/desk/join",
].map(name => `${name}.test.ts`);

const placeOf = (file, root) => {
  const place = LONGEST.indexOf(relative(root, file));
  return place < 0 ? LONGEST.length : place;
};

/** The same files: first those that take longest, then the others in their order. */
export const longestFirst = (files, root) =>
  [...files].sort((a, b) => placeOf(a, root) - placeOf(b, root));
