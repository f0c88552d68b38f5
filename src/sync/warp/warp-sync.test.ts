import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex, millis, unwrap} from "#base";
import {ToyWarp, voterOf, WarpedChain, type WarpReply} from "../test-kit/toy-warp.ts";
import type {WarpWanted} from "./messages.ts";

const chain = new WarpedChain();
const other = new WarpedChain({salt: 1});
const honest = (wanted: WarpWanted): WarpReply => chain.answer(wanted) ?? "refused";

function arrives(toy: ToyWarp, number = chain.top): void {
  const leap = unwrap(toy.end!);
  assert.equal(leap.number, number);
  assert.equal(bytesToHex(leap.hash), bytesToHex(chain.hashes[number]!));
  assert.deepEqual([...leap.trie.entries()], [...chain.state.entries()]);
  assert.deepEqual(leap.body, chain.bodies[number]);
}

function tenSeconds(toy: ToyWarp): void {
  const end = millis(toy.now + 10_000);
  toy.run(10_000);
  if (toy.now < end) toy.now = end;
}

test("one peer is enough for proof, block and state, and the ends of all sets come along", () => {
  const toy = new ToyWarp(chain.start);
  toy.join("a", chain.top, honest);
  toy.run();
  arrives(toy);
  const {setId, authorities, ends, justifications} = unwrap(toy.end!);
  assert.equal(setId, 6);
  assert.deepEqual(authorities, [{id: voterOf(6), weight: 1}]);
  assert.deepEqual(
    ends.map(({last}) => last.number),
    [29, 59, 89, 119, 149, 179],
  );
  assert.deepEqual(
    ends.map(end => end.setId),
    [0, 1, 2, 3, 4, 5],
  );
  assert.equal(justifications.length, 7);
  assert.deepEqual(toy.reports, []);
});

test("what is less than 32 blocks ahead is not warped to", () => {
  const toy = new ToyWarp(chain.start);
  toy.join("a", 31, honest);
  toy.run();
  assert.equal(toy.end?.ok, false);
  assert.equal(toy.asked.size, 0);
});

test("three peers that are not ahead do not end it before others had their moment", () => {
  const toy = new ToyWarp(chain.start);
  for (const id of ["a", "b", "c"]) toy.join(id, 0, () => undefined);
  assert.equal(toy.end, undefined);
  toy.join("honest", chain.top, honest);
  toy.run();
  arrives(toy);
  assert.deepEqual(toy.reports, []);
});

test("without peers nothing ends: it waits and says so", () => {
  const toy = new ToyWarp(chain.start);
  toy.run();
  assert.equal(toy.end, undefined);
  assert.equal(toy.sync.progress(toy.now).stage, "waiting-for-peers");
  toy.join("a", chain.top, honest);
  toy.run();
  arrives(toy);
});

test("a peer that is behind cannot keep us from going as far as another one proves", () => {
  const toy = new ToyWarp(chain.start);
  toy.join("behind", chain.top - 60, wanted => chain.answer(wanted, {top: 100}) ?? "refused");
  toy.join("a", chain.top - 1, honest);
  toy.run();
  arrives(toy);
});

test("claims that nobody keeps end in full sync, and not in waiting", () => {
  for (const reply of [undefined, "refused"] as const) {
    const toy = new ToyWarp(chain.start);
    toy.join("liar", 1_000_000, () => reply);
    toy.run(120_000);
    assert.equal(toy.end?.ok, false);
  }
});

test("strangers who claim far more and say nothing hold a node that starts up for half a minute, however many come", () => {
  const toy = new ToyWarp(chain.start);
  let liars = 0;
  for (let second = 0; toy.end === undefined && second < 600; second += 10) {
    for (let i = 0; i < 6; i++) toy.join(`liar${liars++}`, 1_000_000, () => undefined);
    tenSeconds(toy);
  }
  assert.equal(toy.end?.ok, false);
  assert.ok(toy.now <= 42_000, String(toy.now));
});

test("and they keep no honest peer from leading a warp, though it claims less", () => {
  const toy = new ToyWarp(chain.start);
  for (let i = 0; i < 5; i++) toy.join(`liar${i}`, 1_000_000 + i, () => undefined);
  toy.join("honest", chain.top, wanted => ({late: 50, reply: honest(wanted)}));
  for (let second = 0; toy.end === undefined && second < 300; second += 10) {
    for (let i = 0; i < 6; i++) toy.join(`late${second}n${i}`, 2_000_000, () => undefined);
    tenSeconds(toy);
  }
  arrives(toy);
});

test("the proof of other voters is an offence", () => {
  const toy = new ToyWarp({...chain.start, authorities: [{id: voterOf(9), weight: 1}]});
  toy.join("a", chain.top, honest);
  toy.run();
  assert.equal(toy.end?.ok, false);
  assert.deepEqual(toy.reports, ["a bad-response"]);
});

test("when the state is gone everywhere, full sync takes over in the end", () => {
  const toy = new ToyWarp(chain.start);
  toy.join("a", chain.top, wanted => (wanted.kind === "state" ? "refused" : honest(wanted)));
  toy.run();
  assert.equal(toy.end?.ok, false);
});

test("who takes over goes on where the one before stopped", () => {
  const toy = new ToyWarp(chain.start);
  let left = 12;
  toy.join("first", chain.top + 1, wanted => (left-- > 0 ? honest(wanted) : "gone"));
  toy.join("second", chain.top, honest);
  toy.run();
  arrives(toy);
  const states = [...toy.asked.values()].flat().filter(({kind}) => kind === "state");
  const starts = states.map(wanted =>
    bytesToHex((wanted as WarpWanted & {kind: "state"}).start[0] ?? new Uint8Array(0)),
  );
  // Only what the one that left was asked last is asked again.
  assert.equal(new Set(starts).size, starts.length - 1);
  assert.ok(!toy.asked.get("second")!.some(({kind}) => kind === "proof"));
});

test("whoever has no proof beyond a forced change tells no lie: the warp goes as far as the proofs do", () => {
  const toy = new ToyWarp(chain.start);
  // Its proofs end with the change at 119.
  const upTo = (wanted: WarpWanted): WarpReply =>
    wanted.kind !== "proof"
      ? honest(wanted)
      : chain.numberOf(wanted.from) >= 119
        ? {kind: "proof", proof: Uint8Array.of(0, 0)}
        : chain.answer(wanted, {most: 2});
  toy.join("a", chain.top, upTo);
  toy.run();
  arrives(toy, 119);
  assert.deepEqual(toy.reports, []);
  const none = new ToyWarp(chain.start);
  none.join("a", chain.top, () => ({kind: "proof", proof: Uint8Array.of(0, 0)}));
  none.run(60_000);
  assert.equal(none.end?.ok, false);
  assert.deepEqual(none.reports, []);
});

/** All that it says is true, as little of it as there can be, and just in time. */
const drips = (wanted: WarpWanted) => ({
  late: {proof: 11_000, block: 21_000, state: 41_000}[wanted.kind],
  reply: chain.answer(wanted, {most: 1, size: 1}) ?? ("refused" as const),
});

test("a peer that drips just in time holds nobody up, however high it claims to be", () => {
  const toy = new ToyWarp(chain.start);
  toy.join("drips", 2 ** 32 - 1, drips);
  toy.join("honest", chain.top, honest);
  toy.run();
  arrives(toy);
  assert.ok(toy.now < 120_000, String(toy.now));
  assert.deepEqual(toy.reports, []);
});

test("when nobody does more than drip, full sync takes over", () => {
  for (const quick of [false, true]) {
    const toy = new ToyWarp(chain.start);
    for (let i = 0; i < 3; i++) {
      const proofs = (wanted: WarpWanted) =>
        wanted.kind === "state"
          ? {...drips(wanted), ...(quick ? {late: 5_000} : {})}
          : honest(wanted);
      toy.join(`p${i}`, chain.top, proofs);
    }
    toy.run();
    assert.equal(toy.end?.ok, false);
    assert.ok(toy.now < 900_000, String(toy.now));
  }
});

type Behaviour = (wanted: WarpWanted, random: number) => WarpReply;

const flip = (bytes: Uint8Array, random: number) => {
  const out = bytes.slice();
  out[Math.floor(random * out.length)]! ^= 1 + Math.floor(random * 7);
  return out;
};

/** Each spoils something; what it does not spoil is right. */
const BEHAVIOURS: Record<string, Behaviour> = {
  mute: () => undefined,
  refuses: () => "refused",
  gone: () => "gone",
  "gone midway": (wanted, random) => (random < 0.3 ? "gone" : honest(wanted)),
  spoils: (wanted, random) => {
    const answer = honest(wanted);
    if (typeof answer !== "object") return answer;
    return answer.kind === "block"
      ? {kind: "block", blocks: []}
      : {...answer, proof: flip(answer.proof, random)};
  },
  "other chain": wanted => other.answer(wanted) ?? "refused",
  "other block": wanted =>
    wanted.kind === "block" ? {kind: "block", blocks: [chain.block(5)]} : honest(wanted),
  "other body": wanted =>
    wanted.kind === "block"
      ? {kind: "block", blocks: [{...chain.block(chain.top), body: [Uint8Array.of(1)]}]}
      : honest(wanted),
  "cut state": wanted => {
    const answer = honest(wanted);
    return wanted.kind === "state" && typeof answer === "object" && answer.kind === "state"
      ? {kind: "state", proof: answer.proof.subarray(0, answer.proof.length - 9)}
      : answer;
  },
  "end of the state": wanted =>
    wanted.kind === "state"
      ? honest({...wanted, start: [new Uint8Array(32).fill(0xf0)]})
      : honest(wanted),
  "never finished": wanted =>
    wanted.kind === "proof" ? {kind: "proof", proof: Uint8Array.of(0, 0)} : honest(wanted),
  old: wanted => chain.answer(wanted, {top: 70}) ?? "refused",
};

test("however the others misbehave, one honest peer is enough, and it is never blamed", () => {
  const behaviours = fc.constantFrom(...Object.keys(BEHAVIOURS));
  const peers = fc.array(fc.record({behaviour: behaviours, claim: fc.nat({max: 400})}), {
    maxLength: 6,
  });
  const randoms = fc.infiniteStream(fc.double({min: 0, max: 0.999, noNaN: true}));
  fc.assert(
    fc.property(peers, fc.nat({max: 6}), randoms, (others, place, stream) => {
      const toy = new ToyWarp(chain.start);
      others.forEach(({behaviour, claim}, i) => {
        if (i === place) toy.join("honest", chain.top, honest);
        const act = BEHAVIOURS[behaviour]!;
        toy.join(`p${i}`, claim, wanted => act(wanted, stream.next().value as number));
      });
      if (place >= others.length) toy.join("honest", chain.top, honest);
      toy.run();
      assert.ok(toy.end?.ok, JSON.stringify(toy.end));
      assert.ok(toy.end.value.number >= 64, String(toy.end.value.number));
      arrives(toy, toy.end.value.number);
      assert.ok(!toy.reports.some(report => report.startsWith("honest")), toy.reports.join());
    }),
    {numRuns: 100},
  );
});
