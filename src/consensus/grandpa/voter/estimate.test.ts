import assert from "node:assert/strict";
import {test} from "node:test";
import {ScriptedVoter} from "../test-kit/scripted.ts";

/**
 * Four voters. In round 1 all prevote x, two precommit it, one precommits genesis: with the silent fourth x may be
 * final for somebody. Then another fork, y, becomes the best chain.
 */
function afterRoundOne() {
  const script = new ScriptedVoter(4);
  const {chain} = script;
  const genesis = chain.finalized;
  const x = script.import(chain.extend(genesis, 1));
  script.neighbour();
  script.run(200);
  script.vote("Prevote", 1, 1, x);
  script.vote("Prevote", 1, 2, x);
  script.run(200);
  script.vote("Precommit", 1, 1, x);
  assert.equal(script.voter.status.round, 1);
  script.vote("Precommit", 1, 2, genesis);
  assert.deepEqual(script.said("Precommit", 1), [x]);
  assert.equal(script.voter.status.round, 2, "complete: nothing above x can be final");
  assert.equal(chain.finalized.number, 0);
  const y1 = script.import(chain.extend(genesis, 2));
  const y2 = script.import(chain.extend(y1, 2));
  assert.deepEqual(chain.best, y2);
  return {script, chain, genesis, x, y1, y2};
}

test("what the round before may have finalized is voted for, though another chain is better", () => {
  const {script, x} = afterRoundOne();
  script.run(200);
  assert.deepEqual(script.said("Prevote", 2), [x]);
});

test("what contradicts the round before is not precommitted, however many prevote it", () => {
  const {script, y1} = afterRoundOne();
  script.run(200);
  for (const voter of [1, 2, 3]) script.vote("Prevote", 2, voter, y1);
  assert.deepEqual(script.voter.status.ghost, y1);
  script.run(2_000);
  assert.deepEqual(script.said("Precommit", 2), []);
});

test("a round that is complete waits until what the one before may have finalized is final", () => {
  const {script, chain, genesis, x} = afterRoundOne();
  script.run(200);
  for (const voter of [1, 2, 3]) script.vote("Prevote", 2, voter, x);
  script.run(300);
  script.vote("Precommit", 2, 1, x);
  script.vote("Precommit", 2, 2, genesis);
  script.vote("Precommit", 2, 3, genesis);
  assert.equal(script.voter.status.completable, true);
  script.run(1_000);
  assert.equal(script.voter.status.round, 2);
  script.vote("Precommit", 1, 3, x);
  assert.deepEqual(chain.finalized, x, "a late vote of the past round finalizes");
  assert.equal(script.voter.status.round, 3);
});

test("the primary proposes what is open, and its proposal is where the others build", () => {
  const {script, x} = afterRoundOne();
  // Primary of round 2 of four voters is voter 2; its proposal must lie between estimate and GHOST.
  const bogus = script.chain.best;
  script.vote("PrimaryPropose", 2, 2, bogus);
  script.run(200);
  assert.deepEqual(script.said("Prevote", 2), [x]);
  assert.deepEqual(script.said("PrimaryPropose", 2), []);
});
