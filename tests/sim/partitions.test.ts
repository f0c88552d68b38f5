import assert from "node:assert/strict";
import {test} from "node:test";
import {call, type SentTransaction, startNetwork, type TestNetwork, type TestNode} from "#testing";

const FIVE = ["alice", "bob", "charlie", "dave", "eve"] as const;
const PARTITIONS = {
  "3/2": [
    ["alice", "bob", "charlie"],
    ["dave", "eve"],
  ],
  "2/2/1": [["alice", "bob"], ["charlie", "dave"], ["eve"]],
} as const;

const pay = (dest: string) => call("Balances.transfer_keep_alive", {dest, value: 7n});
const finalOf = (network: TestNetwork) => network.nodes.map(({finalized}) => finalized);

for (const [name, groups] of Object.entries(PARTITIONS)) {
  for (const how of ["drop", "black-hole"] as const) {
    test(`five nodes parted ${name} (${how}) finalize nothing apart, and everything once together again`, async () => {
      const network = await startNetwork({invulnerables: FIVE, endowed: ["//Payer"]});
      await network.advanceTo(6);
      network.partition(groups, how);
      // What was on its way arrives; from then on no side has four votes of five.
      await network.advance(3_000);
      const before = finalOf(network);
      // One transaction on each side with more than a single node, by accounts of that side.
      const sent: SentTransaction[] = [];
      for (const [first] of groups) {
        const to = network.node(first);
        sent.push(await network.send(first, pay("//Payer"), {to}));
      }
      await network.advance(20_000);
      assert.deepEqual(finalOf(network), before);
      const forks = new Set(groups.map(([first]) => network.node(first).at().hash));
      assert.equal(forks.size, groups.length, "each side went its own way");
      network.assertSound();

      network.heal();
      await network.advanceUntil("finality goes on, with every transaction in", () =>
        network.nodes.every(
          node =>
            node.finalityLag <= 3 &&
            sent.every(one => (one.inclusion(node)?.block ?? Infinity) <= node.finalized),
        ),
      );
      network.assertSound();
      await network.stop();
    });
  }
}

test("with two of five gone finality stops and says why, authoring goes on, and note_stalled brings finality back", async () => {
  const network = await startNetwork({invulnerables: FIVE, parameters: {session: 12}});
  await network.advanceTo(5);
  await network.node("dave").kill();
  await network.node("eve").kill();
  const left = ["alice", "bob", "charlie"].map(name => network.node(name));
  await network.advance(2_000);
  const stoppedAt = network.node("alice").finalized;

  await network.advanceUntil("health says why", () => left.every(({stall}) => stall !== undefined));
  // Who is told by the log is told once it lasts.
  const isSaid = (node: TestNode) =>
    node
      .logs()
      .some(({target, message}) => target === "grandpa" && /finality stands still/.test(message));
  await network.advanceUntil("the log says it", () => left.every(isSaid));
  for (const node of left) {
    assert.equal(node.finalized, stoppedAt);
    assert.match(node.stall!, /has 3 of the 4 pre(votes|commits) it needs/);
    for (const gone of ["dave", "eve"]) {
      const key = network.sessionKeysOf(gone).grandpa.slice(0, 10);
      assert.ok(node.stall!.includes(key), `${node.name} names ${gone}`);
    }
    assert.ok(node.best > stoppedAt + 10, "authoring goes on");
  }

  await recover(network, left, stoppedAt);
  await network.advanceUntil("finality is back", () =>
    left.every(node => node.finalized > stoppedAt + 20 && node.finalityLag <= 3),
  );
  assert.deepEqual(network.at("finalized").invulnerables().sort(), ["alice", "bob", "charlie"]);
  network.assertSound();
  await network.stop();
});

/** What operators do: appoint those who are left, and in the session before they take over say that it stalled. */
async function recover(
  network: TestNetwork,
  left: readonly TestNode[],
  bestFinalizedBlockNumber: number,
): Promise<void> {
  const names = left.map(({name}) => name);
  const appoint = call("CollatorSelection.set_invulnerables", {new: names});
  const appointed = await network.submit("alice", call("Sudo.sudo", {call: appoint}));
  assert.equal(appointed.error, undefined);
  await network.advanceUntil("they are next", () => network.at().queued().length === names.length);
  const note = call("Grandpa.note_stalled", {delay: 4, bestFinalizedBlockNumber});
  const noted = await network.submit("alice", call("Sudo.sudo", {call: note}));
  assert.equal(noted.error, undefined);
}
