import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {decode, encode} from "#codec";
import {
  compactOf,
  gossipMessage,
  justification,
  type SignedVote,
  VoterSet,
  verifyJustification,
} from "../index.ts";
import {headerOn, logItem, refOf} from "../test-kit/chain.ts";
import {hashing, key} from "../test-kit/crypto.ts";
import {ScriptedVoter, signed} from "../test-kit/scripted.ts";

const vote = (
  kind: "Prevote" | "Precommit",
  round: number,
  voter: number,
  target: SignedVote["target"],
): SignedVote => {
  const {signature, id} = signed(kind, round, voter, target);
  return {target, signature, id};
};

const commitOf = (round: number, target: SignedVote["target"], ...voters: number[]) => ({
  type: "Commit" as const,
  value: {
    round,
    setId: 0,
    commit: compactOf({target, precommits: voters.map(n => vote("Precommit", round, n, target))}),
  },
});

function withBlock() {
  const script = new ScriptedVoter(4, {p: 4, q: 1, light: 2});
  const block = script.import(script.chain.extend(script.chain.finalized));
  return {script, block, mark: () => script.actions.length};
}

test("a vote is verified once, whoever repeats it, and a bad one is not verified twice", () => {
  const {script, block} = withBlock();
  const before = script.signatures.asked;
  script.vote("Prevote", 1, 1, block);
  script.vote("Prevote", 1, 1, block);
  script.vote("Prevote", 1, 1, block, "q");
  assert.equal(script.signatures.asked, before + 1);
  const {message, id} = signed("Prevote", 1, 2, block);
  const forged = {message, id, signature: new Uint8Array(64)};
  script.receive({type: "Vote", value: {round: 1, setId: 0, vote: forged}});
  script.receive({type: "Vote", value: {round: 1, setId: 0, vote: forged}});
  assert.equal(script.signatures.asked, before + 2);
  assert.deepEqual(script.costs(), [100, -100]);
});

test("every misbehaviour has its price", () => {
  const {script, block, mark} = withBlock();
  const cost = (act: () => void) => {
    const since = mark();
    act();
    return script.costs(since);
  };
  assert.deepEqual(
    cost(() => script.receive(new Uint8Array(7).fill(9))),
    [-35],
    "undecodable",
  );
  assert.deepEqual(
    cost(() => script.vote("Prevote", 1, 9, block)),
    [-150],
    "unknown voter",
  );
  assert.deepEqual(
    cost(() => script.vote("Prevote", 3, 1, block)),
    [-500],
    "future round",
  );
  assert.deepEqual(
    cost(() => script.vote("PrimaryPropose", 1, 3, block)),
    [-500],
    "not primary",
  );
  const future = {round: 1, setId: 1, vote: signed("Prevote", 1, 1, block, 1)};
  assert.deepEqual(
    cost(() => script.receive({type: "Vote", value: future})),
    [-500],
    "future set",
  );
  assert.deepEqual(
    cost(() => script.receive(commitOf(1, block, 1, 2))),
    [-1_000],
    "light commit",
  );
  const forged = commitOf(1, block, 1, 2, 3);
  forged.value.commit.authData[2]!.signature = new Uint8Array(64);
  assert.deepEqual(
    cost(() => script.receive(forged)),
    [-5_000],
    "commit with a bad signature",
  );
  const uneven = commitOf(1, block, 1, 2, 3);
  uneven.value.commit.authData.pop();
  assert.deepEqual(
    cost(() => script.receive(uneven)),
    [-1_000],
    "uneven commit",
  );
  const answer = {setId: 0, round: 5, prevotes: [], precommits: [], base: block};
  assert.deepEqual(
    cost(() => script.receive({type: "CatchUp", value: answer})),
    [-500],
    "unasked",
  );
  const request = {round: 1, setId: 0};
  assert.deepEqual(
    cost(() => script.receive({type: "CatchUpRequest", value: request})),
    [-500],
  );
  assert.equal(script.chain.finalized.number, 0);
});

test("a neighbour packet may not go backwards, nor repeat itself within a minute", () => {
  const {script, mark} = withBlock();
  const cost = (view: Parameters<typeof script.neighbour>[0]) => {
    const since = mark();
    script.neighbour(view);
    return script.costs(since);
  };
  assert.deepEqual(cost({round: 2, finalized: 3}), [100]);
  assert.deepEqual(cost({round: 2, finalized: 3}), [-500]);
  assert.deepEqual(cost({round: 1, finalized: 3}), [-500]);
  assert.deepEqual(cost({round: 2, finalized: 2}), [-500]);
  assert.deepEqual(cost({setId: 1, round: 1, finalized: 4}), [100], "rounds begin anew in a set");
  assert.deepEqual(cost({setId: 0, round: 9, finalized: 9}), [-500]);
  script.run(61_000);
  assert.deepEqual(cost({setId: 1, round: 1, finalized: 4}), [100]);
});

test("our own packets come on every change and every two minutes, and only then", () => {
  const script = new ScriptedVoter(4);
  const packets = () => script.heard().filter(message => message.type === "Neighbour").length;
  assert.equal(packets(), 1);
  script.run(119_000);
  assert.equal(packets(), 1);
  script.run(2_000);
  assert.equal(packets(), 2);
  const block = script.import(script.chain.extend(script.chain.finalized));
  script.receive(commitOf(7, block, 1, 2, 3));
  assert.equal(packets(), 3);
});

test("votes go to full peers of our set and round, commits to all who are lower", () => {
  const {script, block} = withBlock();
  script.neighbour();
  script.neighbour({round: 5}, "q");
  script.neighbour({}, "light");
  script.vote("Prevote", 1, 1, block, "q");
  const kinds = (to: string) => script.heard(to).map(message => message.type);
  assert.ok(kinds("p").includes("Vote"));
  assert.ok(!kinds("q").includes("Vote") && !kinds("light").includes("Vote"));
  script.receive(commitOf(9, block, 1, 2, 3), "q");
  assert.deepEqual(script.chain.finalized, block, "of another round, and taken at once");
  assert.ok(kinds("p").includes("Commit") && kinds("light").includes("Commit"));
  assert.ok(!kinds("q").includes("Commit"), "who sent it has it");
});

test("a commit that needs an equivocator's votes below its block finalizes, with a proof that others can check", () => {
  const {script, block} = withBlock();
  const target = script.import(script.chain.extend(block));
  const precommits = [
    ...[1, 2].map(n => vote("Precommit", 1, n, target)),
    vote("Precommit", 1, 3, block),
    vote("Precommit", 1, 3, script.chain.finalized),
  ];
  const commit = compactOf({target, precommits});
  script.receive({type: "Commit", value: {round: 1, setId: 0, commit}});
  assert.deepEqual(script.chain.finalized, target);
  const proof = script.actions.find(action => action.type === "finalize")?.justification;
  const decoded = decode(justification, proof!);
  assert.ok(decoded.ok);
  const voters = VoterSet.from([0, 1, 2, 3].map(n => ({id: key(n), weight: 1})))!;
  const {signatures} = script;
  assert.ok(verifyJustification(decoded.value, {setId: 0, voters, hashing, signatures}).ok);
});

test("a precommit that names its block with another number is no part of a proof", () => {
  const {script, block} = withBlock();
  const misnamed = vote("Precommit", 1, 3, {...block, number: 7});
  const good = [1, 2].map(n => vote("Precommit", 1, n, block));
  const commit = compactOf({target: block, precommits: [...good, misnamed]});
  script.receive({type: "Commit", value: {round: 1, setId: 0, commit}});
  assert.equal(script.chain.finalized.number, 0);
  const enough = [...good, vote("Precommit", 1, 0, block), misnamed];
  const more = compactOf({target: block, precommits: enough});
  script.receive({type: "Commit", value: {round: 1, setId: 0, commit: more}}, "q");
  assert.equal(script.chain.finalized.number, 1);
  const proof = script.actions.find(action => action.type === "finalize")?.justification;
  const decoded = decode(justification, proof!);
  assert.ok(decoded.ok);
  assert.deepEqual(
    decoded.value.commit.precommits.map(({target}) => target.number),
    [1, 1, 1],
  );
});

test("a commit or vote for a block that is not here waits for it, and the block is asked for once", () => {
  const {script, block} = withBlock();
  const header = headerOn(block, 5);
  const later = refOf(header);
  script.receive(commitOf(1, later, 1, 2, 3));
  script.vote("Prevote", 1, 1, later);
  const wanted = script.actions.filter(action => action.type === "blockWanted");
  assert.deepEqual(wanted, [{type: "blockWanted", block: later, peer: "p"}]);
  assert.equal(script.chain.finalized.number, 0);
  script.chain.add(header);
  script.import(later);
  assert.deepEqual(script.chain.finalized, later);
});

test("a peer rounds ahead is asked how it got there, and a good answer is followed", () => {
  const {script, block, mark} = withBlock();
  script.neighbour({round: 2});
  assert.ok(!script.heard().some(message => message.type === "CatchUpRequest"));
  script.neighbour({round: 9});
  script.neighbour({round: 12}, "q");
  const asked = (peer: string) =>
    script.heard(peer).filter(message => message.type === "CatchUpRequest");
  assert.deepEqual(asked("p"), [{type: "CatchUpRequest", value: {round: 8, setId: 0}}]);
  assert.deepEqual(asked("q"), [], "one at a time");
  const since = mark();
  const votes = (kind: "Prevote" | "Precommit") => [1, 2, 3].map(n => vote(kind, 8, n, block));
  const value = {
    setId: 0,
    round: 8,
    prevotes: votes("Prevote"),
    precommits: votes("Precommit"),
    base: script.chain.finalized,
  };
  script.receive({type: "CatchUp", value});
  assert.deepEqual(script.costs(since), [200]);
  assert.equal(script.voter.status.round, 9);
  assert.deepEqual(script.chain.finalized, block);
});

test("who does not answer a catch-up request pays, and another is asked", () => {
  const {script} = withBlock();
  script.neighbour({round: 9});
  script.neighbour({round: 9}, "q");
  script.run(45_100);
  assert.ok(script.costs().includes(-200));
  assert.ok(script.heard("q").some(message => message.type === "CatchUpRequest"));
});

test("peers that claim rounds and say nothing are each asked once before anybody twice, and soon over", () => {
  const names = [...Array.from({length: 8}, (_, i) => `liar${i}`), "honest"];
  const script = new ScriptedVoter(4, Object.fromEntries(names.map(name => [name, 4])));
  for (const name of names) script.neighbour({round: 9_000}, name);
  script.run(8 * 15_000 + 1_000);
  assert.ok(script.heard("honest").some(message => message.type === "CatchUpRequest"));
});

test("a catch-up without enough votes is refused and moves nothing", () => {
  const {script, block} = withBlock();
  script.neighbour({round: 9});
  const few = [1, 2].map(n => vote("Prevote", 8, n, block));
  const value = {setId: 0, round: 8, prevotes: few, precommits: few, base: block};
  script.receive({type: "CatchUp", value});
  assert.deepEqual(script.costs().at(-1), -1_000);
  assert.equal(script.voter.status.round, 1);
});

test("a peer a set ahead is asked for the proof of where ours ends", () => {
  const {script, block} = withBlock();
  const nextAuthorities = [{id: key(1), weight: 1}];
  const log = logItem({type: "ScheduledChange", value: [{nextAuthorities, delay: 1}]});
  const announcing = script.import(script.chain.extend(block, 0, [log]));
  const enacting = script.import(script.chain.extend(announcing));
  script.import(script.chain.extend(enacting));
  script.neighbour({setId: 1, finalized: 5});
  const wanted = script.actions.filter(action => action.type === "justificationWanted");
  assert.deepEqual(wanted, [{type: "justificationWanted", block: enacting, peer: "p"}]);
});

test("own votes are persisted before they are sent", () => {
  const {script} = withBlock();
  script.neighbour();
  script.run(200);
  const kinds = script.actions.map(action => action.type);
  const sent = script.actions.findIndex(
    action => action.type === "send" && action.message[0] === 0,
  );
  assert.ok(sent > 0 && kinds.indexOf("persistVotes") < sent);
});

test("no bytes from a peer make it throw or finalize", () => {
  const {script, block} = withBlock();
  const samples = [
    encode(gossipMessage, commitOf(1, block, 1, 2, 3)),
    encode(gossipMessage, {
      type: "Vote",
      value: {round: 1, setId: 0, vote: signed("Precommit", 1, 1, block)},
    }),
  ];
  const change = fc.tuple(fc.nat({max: 1}), fc.nat(), fc.integer({min: 1, max: 255}));
  fc.assert(
    fc.property(change, ([which, at, flip]) => {
      const bytes = Uint8Array.from(samples[which]!);
      bytes[at % bytes.length]! ^= flip;
      // The round is signed with; a set or a target of its own is another message.
      script.receive(bytes);
      assert.equal(script.chain.finalized.number, 0);
    }),
    {numRuns: 500},
  );
});
