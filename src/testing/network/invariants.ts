import assert from "node:assert/strict";
import type {TestNode} from "../api.ts";

/** What must hold at any moment, whatever befell the network. */
export function assertSound(nodes: readonly TestNode[]): void {
  for (const {name, failure} of nodes) assert.equal(failure, undefined, `${name} broke`);
  const running = nodes.filter(({isRunning}) => isRunning);
  assertOneFinalizedChain(running);
  for (const node of running) assertFundsConserved(node);
}

/** What one node holds final is an ancestor, or a descendant, of what any other does. */
export function assertOneFinalizedChain(nodes: readonly TestNode[]): void {
  const [first, ...others] = [...nodes].sort((a, b) => b.finalized - a.finalized);
  if (first === undefined) return;
  for (const other of others) {
    const {finalized} = other;
    assert.equal(
      other.hashAt(finalized),
      first.hashAt(finalized),
      `${other.name} and ${first.name} hold different blocks ${finalized} final`,
    );
  }
}

/** All that accounts hold adds up to what is in circulation, bonds included. */
export function assertFundsConserved(node: TestNode): void {
  const {total, held} = node.at().issuance();
  assert.equal(held, total, `at block ${node.best} of ${node.name} accounts hold ${held}`);
}
