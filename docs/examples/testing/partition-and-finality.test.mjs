import assert from "node:assert/strict";
import {test} from "node:test";
import {call, startNetwork} from "khala/testing";

test("a network cut in two finalizes nothing until it is whole, and loses no transaction", async () => {
  const network = await startNetwork({invulnerables: 4, seed: 7});
  await network.advanceTo(5);

  network.partition([
    ["collator-1", "collator-2"],
    ["collator-3", "collator-4"],
  ]);
  // What was on its way arrives; then two votes of the three that it takes are all there are.
  await network.advance({ms: 2_000});
  const {finalized} = network.node("collator-1");
  const paid = await network.send(
    "collator-3",
    call("Balances.transfer_keep_alive", {dest: "collator-1", value: 5n}),
  );
  await network.advance({ms: 30_000});
  assert.equal(network.node("collator-1").finalized, finalized);
  assert.match(network.node("collator-1").stall ?? "", /blocks are not final/);

  network.heal();
  await network.advanceUntil("the payment is final everywhere", () =>
    network.nodes.every(node => (paid.inclusion(node)?.block ?? Infinity) <= node.finalized),
  );
  network.assertSound();
  await network.stop();
});
