import assert from "node:assert/strict";
import {test} from "node:test";
import {type BlockRef, Round, type SignedVote, VoterSet} from "./index.ts";
import {TestChain} from "./test-kit/chain.ts";
import {key} from "./test-kit/crypto.ts";

const [ALICE, BOB, EVE] = [0, 1, 2];
const set = VoterSet.from([4, 7, 3].map((weight, i) => ({id: key(i), weight})))!;

/** A to F in a row; EA to ED on E, FA to FC on F. The base is C. */
function setting() {
  const chain = new TestChain();
  const [a, b, c, d, e, f] = chain.grow(chain.finalized, 6) as [
    BlockRef,
    BlockRef,
    BlockRef,
    BlockRef,
    BlockRef,
    BlockRef,
  ];
  const [ea, , , ed] = chain.grow(e, 4, 1) as [BlockRef, BlockRef, BlockRef, BlockRef];
  const [fa, , fc] = chain.grow(f, 3) as [BlockRef, BlockRef, BlockRef];
  const round = new Round({number: 1, voters: set, base: c, chain});
  const vote = (voter: number, target: BlockRef): SignedVote => ({
    target,
    id: key(voter),
    signature: new Uint8Array(64),
  });
  const prevote = (voter: number, target: BlockRef) =>
    round.cast("prevote", set.voters[voter]!, vote(voter, target)).code;
  const precommit = (voter: number, target: BlockRef) =>
    round.cast("precommit", set.voters[voter]!, vote(voter, target)).code;
  return {chain, round, prevote, precommit, a, b, c, d, e, f, ea, ed, fa, fc};
}

test("the estimate is where prevotes agree until enough have precommitted", () => {
  const {round, prevote, e, f, ed, fc} = setting();
  prevote(ALICE, fc);
  assert.equal(round.state.ghost, undefined);
  prevote(BOB, ed);
  assert.deepEqual(round.state.ghost, e);
  assert.deepEqual(round.state.estimate, e);
  assert.equal(round.state.completable, false);
  prevote(EVE, f);
  assert.deepEqual(round.state.ghost, e);
  assert.deepEqual(round.state.estimate, e);
});

test("a block is finalized where both kinds of votes agree", () => {
  const {round, prevote, precommit, e, ea, ed, fc} = setting();
  precommit(ALICE, fc);
  precommit(BOB, ed);
  assert.equal(round.state.finalized, undefined);
  prevote(ALICE, fc);
  prevote(BOB, ed);
  prevote(EVE, ea);
  assert.deepEqual(round.state.finalized, e);
  precommit(EVE, ea);
  assert.deepEqual(round.state.finalized, ea);
});

test("an equivocator counts once for its weight, and everywhere", () => {
  const {round, prevote, ea, ed, fc, e, fa} = setting();
  assert.equal(prevote(EVE, fc), "counted");
  assert.equal(prevote(EVE, ed), "equivocation");
  assert.equal(round.prevotes.total, 3);
  assert.equal(prevote(EVE, ea), "ignored", "a third vote proves nothing more");
  assert.equal(round.state.ghost, undefined);
  assert.equal(prevote(BOB, fa), "counted");
  assert.deepEqual(round.state.ghost, fa, "10 of 14: Bob's 7 and Eve's 3 everywhere");
  prevote(ALICE, e);
  assert.deepEqual(round.state.ghost, fa);
});

test("the same vote twice is no equivocation", () => {
  const {round, prevote, fc} = setting();
  prevote(ALICE, fc);
  assert.equal(prevote(ALICE, fc), "duplicate");
  assert.equal(round.prevotes.total, 4);
});

test("a round is completable once nothing above its estimate can be committed", () => {
  const {round, prevote, precommit, fc, f} = setting();
  for (const voter of [ALICE, BOB, EVE]) prevote(voter, fc);
  precommit(BOB, fc);
  assert.equal(round.state.completable, false);
  precommit(EVE, f);
  assert.deepEqual(round.state.finalized, f);
  assert.deepEqual(round.state.estimate, fc, "Alice may yet precommit it");
  assert.equal(round.state.completable, true, "but nothing above");
  precommit(ALICE, fc);
  assert.deepEqual(round.state.finalized, fc);
});

test("a split above the estimate keeps a round open until the silent have spoken", () => {
  const {round, prevote, precommit, e, ea, fa} = setting();
  prevote(BOB, ea);
  prevote(ALICE, fa);
  precommit(BOB, ea);
  precommit(EVE, e);
  assert.deepEqual(round.state.ghost, e);
  assert.deepEqual(round.state.estimate, e);
  assert.equal(round.state.completable, false, "Alice, or Eve twice, may lift ea");
  precommit(ALICE, fa);
  assert.equal(
    round.state.completable,
    false,
    "with Alice's 4 turned there is still weight for ea",
  );
});

test("votes off the base count at the base, those for unknown blocks not at all", () => {
  const {round, prevote, precommit, a, c, chain} = setting();
  const side = chain.extend(a, 9);
  assert.equal(prevote(ALICE, a), "counted");
  assert.equal(prevote(BOB, side), "counted");
  assert.deepEqual(round.state.ghost, c);
  precommit(ALICE, a);
  precommit(BOB, side);
  assert.equal(round.commit(), undefined, "nothing above the base is proved");
  const unknown = {hash: key(77), number: 9};
  assert.equal(prevote(EVE, unknown), "ignored");
  assert.equal(round.prevotes.total, 11);
});

test("a commit holds only votes that prove its block, and lowers the block to what they prove", () => {
  const {round, prevote, precommit, e, f, fa, ea, fc} = setting();
  for (const voter of [ALICE, BOB, EVE]) prevote(voter, fc);
  precommit(BOB, fa);
  precommit(EVE, ea);
  precommit(EVE, e);
  assert.deepEqual(round.state.finalized, fa, "Bob, and Eve who is counted everywhere");
  const commit = round.commit()!;
  assert.deepEqual(commit.target, e, "where Eve's own votes go");
  assert.equal(commit.precommits.length, 3);
  precommit(ALICE, f);
  assert.deepEqual(round.commit()!.target, f);
  assert.deepEqual(
    round.commit()!.precommits.map(vote => vote.target),
    [fa, f],
  );
});

test("a thousand voters over a stretch of ten thousand blocks are counted in a second or two", () => {
  const chain = new TestChain();
  const blocks = chain.grow(chain.finalized, 10_000);
  const voters = VoterSet.from(Array.from({length: 1_000}, (_, i) => ({id: key(i), weight: 1})))!;
  const round = new Round({number: 1, voters, base: chain.finalized, chain});
  const start = performance.now();
  for (const phase of ["prevote", "precommit"] as const) {
    for (const voter of voters.voters) {
      const target = blocks[9_000 + voter.index]!;
      round.cast(phase, voter, {target, id: voter.id, signature: new Uint8Array(64)});
    }
  }
  assert.equal(round.state.ghost?.number, 9_334, "667 voted for it or higher");
  assert.equal(round.state.finalized?.number, 9_334);
  assert.ok(performance.now() - start < 5_000);
});

test("a vote that names its block with another number counts at the base, whoever named the block before", () => {
  const {round, prevote, precommit, f, c} = setting();
  for (const voter of [ALICE, BOB, EVE]) prevote(voter, f);
  precommit(ALICE, f);
  assert.equal(precommit(BOB, {...f, number: 99}), "counted");
  assert.deepEqual(round.state.finalized, c);
  assert.equal(round.commit(), undefined);
  assert.equal(precommit(EVE, f), "counted");
  assert.deepEqual(round.state.finalized, c, "7 of 14 are too few");
});
