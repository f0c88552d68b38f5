import assert from "node:assert/strict";
import {test} from "node:test";
import {
  type BlockRef,
  buildJustification,
  type Commit,
  type Justification,
  type SignedVote,
  signingPayload,
  VoterSet,
  verifyJustification,
  verifyWarpProof,
} from "./index.ts";
import {headerOn, logItem, refOf, TestChain} from "./test-kit/chain.ts";
import {createSignatures, hashing, key, sign} from "./test-kit/crypto.ts";

const signatures = createSignatures();
const voters = VoterSet.from([0, 1, 2, 3].map(n => ({id: key(n), weight: 1})))!;
const SET = 5;
const ROUND = 3;

function precommit(voter: number, target: BlockRef, setId = SET): SignedVote {
  const payload = signingPayload({type: "Precommit", value: target}, ROUND, setId);
  return {target, id: key(voter), signature: sign(key(voter), payload)};
}

function setting() {
  const chain = new TestChain();
  const [a, b, c] = chain.grow(chain.finalized, 3) as [BlockRef, BlockRef, BlockRef];
  const side = chain.extend(a, 1);
  const build = (target: BlockRef, ...precommits: SignedVote[]): Justification => {
    const built = buildJustification(ROUND, {target, precommits}, chain);
    assert.ok(built.ok);
    return built.value;
  };
  return {chain, a, b, c, side, build};
}

function failure(justification: Justification, more: {target?: BlockRef; setId?: number} = {}) {
  const context = {setId: SET, voters, hashing, signatures, ...more};
  const verified = verifyJustification(justification, context);
  return verified.ok ? "verified" : verified.error.code;
}

test("votes for the target alone need no headers", () => {
  const {a, build} = setting();
  const proof = build(a, ...[0, 1, 2].map(voter => precommit(voter, a)));
  assert.deepEqual(proof.votesAncestries, []);
  assert.equal(failure(proof, {target: a}), "verified");
});

test("votes for descendants bring the headers between, each once", () => {
  const {a, b, c, side, build, chain} = setting();
  const proof = build(a, precommit(0, c), precommit(1, b), precommit(2, side), precommit(3, a));
  assert.deepEqual(proof.votesAncestries.map(header => header.number).sort(), [2, 2, 3]);
  assert.equal(failure(proof), "verified");
  const elsewhere: Commit = {target: b, precommits: [precommit(0, side)]};
  const unprovable = buildJustification(ROUND, elsewhere, chain);
  assert.equal(unprovable.ok ? "" : unprovable.error.code, "ancestry-unknown");
});

test("each condition that does not hold has its own name", () => {
  const {a, b, c, side, build, chain} = setting();
  const votes = [0, 1, 2].map(voter => precommit(voter, b));
  const good = build(b, ...votes);
  const withVotes = (...precommits: SignedVote[]) => ({...good, commit: {target: b, precommits}});
  assert.equal(failure(good, {target: a}), "wrong-target");
  assert.equal(failure(good, {setId: 6}), "bad-signature");
  assert.equal(failure({...good, round: 4}), "bad-signature");
  assert.equal(failure(withVotes(...votes.slice(0, 2))), "not-enough-weight");
  assert.equal(failure(withVotes(...votes, precommit(9, b))), "unknown-voter");
  assert.equal(failure(withVotes(...votes, votes[0]!)), "vote-repeated");
  assert.equal(failure(withVotes(...votes.slice(0, 2), precommit(2, a))), "ancestry-missing");
  const below = build(b, ...votes.slice(0, 2), precommit(2, a));
  assert.equal(failure(below), "not-enough-weight");
  assert.equal(failure(withVotes(...votes.slice(0, 2), precommit(2, c))), "ancestry-missing");
  assert.equal(failure(withVotes(...votes.slice(0, 2), precommit(2, side))), "ancestry-missing");
  const forged = {...votes[2]!, signature: new Uint8Array(64)};
  assert.equal(failure(withVotes(...votes.slice(0, 2), forged)), "bad-signature");
  const unused = {...good, votesAncestries: [chain.header(c.hash)!]};
  assert.equal(failure(unused), "ancestry-unused");
  const twice = build(a, precommit(0, b), precommit(1, a), precommit(2, a));
  const doubled = [...twice.votesAncestries, ...twice.votesAncestries];
  assert.equal(failure({...twice, votesAncestries: doubled}), "ancestry-unused");
});

test("two different votes of one voter are allowed and count once", () => {
  const {a, b, c, build} = setting();
  const both = [precommit(0, b), precommit(0, c)];
  const proof = build(a, ...both, precommit(1, a), precommit(2, a));
  assert.equal(failure(proof), "verified");
  assert.equal(failure(build(a, ...both, precommit(1, a))), "not-enough-weight");
  assert.equal(failure(build(a, ...both, precommit(0, a), precommit(1, a))), "vote-repeated");
});

test("a wrong number on a vote or a target proves nothing", () => {
  const {a, b, build, chain} = setting();
  const good = [0, 1, 2].map(voter => precommit(voter, b));
  const proof = build(a, ...good);
  const withVotes = (target: BlockRef, ...precommits: SignedVote[]): Justification => ({
    ...proof,
    commit: {target, precommits},
    votesAncestries: target === a ? proof.votesAncestries : [],
  });
  for (const number of [9, 3, 1, 0]) {
    const other = {hash: b.hash, number};
    const votes = [0, 1, 2].map(voter => precommit(voter, other));
    assert.notEqual(failure(withVotes(a, ...votes)), "verified");
    assert.notEqual(failure(withVotes(b, ...votes)), "verified");
    // One among good votes, whose way is known already from theirs.
    assert.notEqual(failure(withVotes(a, good[0]!, good[1]!, votes[2]!)), "verified");
    assert.notEqual(failure(withVotes(a, votes[0]!, good[1]!, good[2]!)), "verified");
    assert.notEqual(failure(withVotes({hash: b.hash, number}, ...good)), "verified");
    const built = buildJustification(ROUND, {target: a, precommits: votes}, chain);
    assert.equal(built.ok, false, "nor is it built");
  }
});

test("who voted twice counts for the target wherever the votes are, as in upstream", () => {
  const {chain, a, b, c, side, build} = setting();
  const honest = [precommit(1, c), precommit(2, c)];
  const both = (first: BlockRef, second: BlockRef) =>
    build(c, ...honest, precommit(0, first), precommit(0, second));
  // The ways lead to the lowest vote, so the headers between it and the target are part of the proof.
  const below = both(a, b);
  assert.deepEqual(below.votesAncestries.map(header => header.number).sort(), [2, 3]);
  assert.equal(failure(below), "verified");
  assert.equal(failure(both(b, c)), "verified", "one of them below the target");
  assert.equal(failure(both(a, side)), "verified", "one on another fork");
  assert.equal(failure({...below, votesAncestries: []}), "ancestry-missing");
  const target = {precommits: [...honest, precommit(0, b), precommit(0, side)], target: c};
  const forked = buildJustification(ROUND, target, chain);
  assert.equal(forked.ok, false, "the lowest vote is not below all: upstream cannot either");
  const forged = below.commit.precommits.map((vote, i) =>
    i === 3 ? {...vote, signature: new Uint8Array(64)} : vote,
  );
  const commit = {...below.commit, precommits: forged};
  assert.equal(failure({...below, commit}), "bad-signature", "only two signatures make it twice");
});

test("one vote below the target counts for nothing, and nobody's votes but equivocators' prove nothing", () => {
  const {a, b, c, side, build} = setting();
  const higher = [precommit(1, c), precommit(2, c)];
  assert.equal(failure(build(c, ...higher, precommit(0, b))), "not-enough-weight");
  assert.equal(failure(build(b, ...higher, precommit(0, a))), "not-enough-weight");
  assert.equal(failure(build(b, ...higher, precommit(3, c), precommit(0, a))), "verified");
  const twice = [0, 1, 2].flatMap(voter => [precommit(voter, a), precommit(voter, side)]);
  const elsewhere = build(b, ...twice, precommit(3, b));
  assert.equal(failure(elsewhere), "verified");
  const {precommits} = elsewhere.commit;
  assert.equal(failure({...elsewhere, commit: {target: c, precommits}}), "not-enough-weight");
});

const list = (...numbers: number[]) => numbers.map(n => ({id: key(n), weight: 1}));
const change = (delay: number, ...next: number[]) =>
  logItem({type: "ScheduledChange", value: [{nextAuthorities: list(...next), delay}]});

/** Blocks 10, 20, 30: the first two hand over from set 5 to 6 and 7. */
function warp(delay = 0) {
  const on = (number: number, ...digest: ReturnType<typeof logItem>[]) =>
    headerOn({hash: key(number), number: number - 1}, 0, digest);
  const fragment = (header: ReturnType<typeof headerOn>, setId: number, ...by: number[]) => {
    const target = refOf(header);
    const precommits = by.map(voter => precommit(voter, target, setId));
    return {
      header,
      justification: {round: ROUND, commit: {target, precommits}, votesAncestries: []},
    };
  };
  const fragments = [
    fragment(on(10, change(delay, 4, 5)), 5, 0, 1, 2),
    fragment(on(20, change(0, 6)), 6, 4, 5),
    fragment(on(30), 7, 6),
  ];
  return {fragments, fragment, on};
}

function warped(fragments: ReturnType<typeof warp>["fragments"], isFinished = true, number = 0) {
  const start = {setId: 5, authorities: list(0, 1, 2, 3), number};
  const result = verifyWarpProof(start, {fragments, isFinished}, {hashing, signatures});
  return result.ok ? result.value : result.error.code;
}

test("a warp proof leads from set to set to the last header", () => {
  const {fragments} = warp();
  const result = warped(fragments);
  assert.ok(typeof result !== "string");
  assert.deepEqual([result.setId, result.header.number, result.authorities], [7, 30, list(6)]);
  const part = warped(fragments.slice(0, 1), false);
  assert.ok(typeof part !== "string");
  assert.deepEqual([part.setId, part.header.number], [6, 10]);
});

test("a warp proof with a gap, a foreign signer, a late or a forced change is refused", () => {
  const {fragments, fragment, on} = warp();
  const [first, second, last] = fragments as [
    (typeof fragments)[0],
    (typeof fragments)[0],
    (typeof fragments)[0],
  ];
  assert.equal(warped([]), "empty");
  assert.equal(warped([second, last]), "bad-justification", "signed by the next set");
  assert.equal(warped([first, first]), "not-ascending");
  assert.equal(warped(fragments, true, 10), "not-ascending");
  assert.equal(warped(fragments, false), "no-change", "only a finished proof may end so");
  assert.equal(warped(warp(2).fragments), "no-change");
  const forced = logItem({
    type: "ForcedChange",
    value: [1, {nextAuthorities: list(4), delay: 0}],
  });
  assert.equal(warped([fragment(on(10, forced), 5, 0, 1, 2)]), "forced-change");
  const swapped = {header: first.header, justification: last.justification};
  assert.equal(warped([swapped]), "bad-justification", "of another block");
});
