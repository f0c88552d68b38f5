import assert from "node:assert/strict";
import {test} from "node:test";
import {MAJOR_LAG} from "#sync";
import {startNetwork, type TestNetwork} from "#testing";
import type {MemoryNode} from "../../src/testing/network/test-node.ts";
import {type Stranger, startStranger} from "./strangers.ts";

const LIARS = 30;

/** Keeps thirty liars at a node for so many seconds, all of them new after `change`; whether it says it catches up. */
async function besiege(
  network: TestNetwork,
  victim: MemoryNode,
  {seconds, change}: {readonly seconds: number; readonly change: number},
): Promise<{readonly syncing: number; readonly accepted: number}> {
  let liars: Stranger[] = [];
  let syncing = 0;
  let accepted = 0;
  for (let second = 0; second < seconds; second++) {
    if (second % change === 0) {
      for (const liar of liars) await liar.stop();
      const names = Array.from({length: LIARS}, (_, i) => `liar${second}n${i}`);
      liars = await Promise.all(
        names.map((name, i) => startStranger(network, name, {victim: victim.name, salt: i % 5})),
      );
    }
    await network.advance(1_000);
    if (victim.isSyncing) syncing++;
    accepted = Math.max(accepted, victim.peers);
  }
  for (const liar of liars) await liar.stop();
  return {syncing, accepted};
}

for (const change of [10, 1_000]) {
  const who = change === 10 ? "new ones every ten seconds" : "one set that stays";
  test(`thirty liars who claim block 1,000,000, ${who}, cost a node beside three honest ones no slot`, async t => {
    const network = await startNetwork({
      seed: 14,
      invulnerables: ["alice", "bob", "charlie", "dave"],
      parameters: {slot: "1000ms"},
    });
    await network.advanceTo(5);
    const dave = network.node("dave") as MemoryNode;
    const missed: string[] = [];
    dave.core.onSlotMissed((slot, {code}) => missed.push(`${slot} ${code}`));
    const from = network.at().number;
    const began = network.elapsed;
    const {syncing, accepted} = await besiege(network, dave, {seconds: 160, change});
    const slots = Math.round((network.elapsed - began) / network.slotDuration);
    const made = dave.authored().filter(number => number > from).length;
    const due = made + missed.length;
    const bans = dave.core.membership!.snapshot().bans.length;
    t.diagnostic(
      `seed ${network.seed}: ${slots} slots, ${made} of ${due} of its own made, chain grew by ${network.at().number - from}, ${accepted} peers at most, ${bans} banned`,
    );
    assert.ok(accepted > 20, "the liars were let in");
    assert.deepEqual(missed, []);
    assert.ok(made >= Math.floor(slots / 4) - 1, `${made}`);
    assert.ok(network.at().number - from >= slots - 2);
    assert.equal(syncing, 0);
    if (change > 10) assert.ok(bans > 0, "who stays and never delivers is banned");
    network.assertSound();
    await network.stop();
  });
}

test("a node that comes back a hundred blocks behind authors nothing before it is in step, liars or none", async () => {
  for (const liars of [0, 12]) {
    const network = await startNetwork({
      seed: 15,
      invulnerables: ["alice", "bob", "charlie", "dave"],
      parameters: {slot: "1000ms"},
    });
    await network.advanceTo(3);
    const dave = network.node("dave") as MemoryNode;
    await dave.kill();
    await network.advance(140_000);
    // Slow enough for slots of its own to come by while it catches up.
    dave.importTime = 150;
    await dave.restart();
    const names = Array.from({length: liars}, (_, i) => `liar${i}`);
    const strangers = await Promise.all(
      names.map((name, i) => startStranger(network, name, {victim: "dave", salt: i})),
    );
    const early: number[] = [];
    dave.core.onBlockMade(({number}) => early.push(network.node("alice").best - number));
    const reasons = new Set<string>();
    dave.core.onSlotMissed((_, {code}) => reasons.add(code));
    await network.advanceUntil(
      "it is in step",
      () => network.node("alice").best - dave.best <= 1 && !dave.isSyncing,
      120_000,
    );
    assert.deepEqual([...reasons], ["syncing"]);
    assert.ok(
      early.every(behind => behind <= MAJOR_LAG),
      early.join(),
    );
    const best = network.at().number;
    await network.advance(40_000);
    assert.ok(
      dave.authored().some(number => number > best),
      "and then it does",
    );
    network.assertSound();
    for (const stranger of strangers) await stranger.stop();
    await network.stop();
  }
});
