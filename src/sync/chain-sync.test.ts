import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesToHex} from "#base";
import {GENESIS, type ToyBlock, ToyChain, ToySync, toyBlock, toyRow} from "./test-kit/toy-chain.ts";

const row = toyRow(GENESIS, 5_000);
const long = new ToyChain(row);

function sameBest(toy: ToySync, chain: ToyChain): void {
  assert.equal(bytesToHex(toy.chain.best().hash), bytesToHex(chain.best().hash));
}

test("a new node gets the whole chain from one peer", () => {
  const toy = new ToySync();
  toy.join("a", {chain: long});
  toy.run();
  sameBest(toy, long);
  assert.deepEqual(toy.reports, []);
  assert.equal(toy.sync.isMajorSyncing, false);
  assert.equal(toy.sync.progress().stage, "idle");
});

test("several peers share the work, whatever order their answers come in", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const toy = new ToySync({random});
  for (const id of ["a", "b", "c"]) toy.join(id, {chain: long});
  toy.run();
  sameBest(toy, long);
  for (const id of ["a", "b", "c"]) assert.ok(toy.requests.get(id)! > 10, id);
  assert.equal(toy.imported, 5_000);
});

test("a node that was away goes on from where it is", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 4_000))});
  toy.join("a", {chain: long});
  assert.equal(toy.sync.isMajorSyncing, true);
  toy.run();
  sameBest(toy, long);
  assert.equal(toy.imported, 1_000);
});

test("a node on a shorter fork finds where it left the others and follows the longer chain", () => {
  const fork = toyRow(row[999]!, 100, 9);
  const toy = new ToySync({chain: new ToyChain([...row.slice(0, 1_000), ...fork])});
  toy.chain.finalize(900);
  for (const id of ["a", "b"]) toy.join(id, {chain: long});
  toy.run();
  sameBest(toy, long);
  assert.deepEqual(toy.reports, []);
});

test("peers on two forks: the longer one wins, and blocks are not fetched over and over", () => {
  const other = new ToyChain([...row.slice(0, 2_000), ...toyRow(row[1_999]!, 500, 3)]);
  const toy = new ToySync();
  toy.join("short", {chain: other});
  toy.join("long", {chain: long});
  toy.run();
  sameBest(toy, long);
  assert.ok(toy.imported <= 5_500, String(toy.imported));
});

test("a peer whose chain differs below what is final is reported and not followed", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  toy.chain.finalize(90);
  toy.join("a", {chain: new ToyChain(toyRow(GENESIS, 300, 5))});
  toy.run(5_000);
  assert.deepEqual(toy.reports, ["a finalized-fork"]);
  assert.equal(toy.chain.best().number, 100);
});

test("a peer that says nothing is given up after its time, and another one takes over", () => {
  const toy = new ToySync();
  toy.join("mute", {chain: long, answers: () => undefined});
  toy.join("a", {chain: long});
  toy.run(60_000);
  sameBest(toy, long);
  assert.ok(toy.reports.includes("mute unanswered"));
});

test("those that take turns at saying nothing keep nobody from asking another one for what they were asked for", () => {
  const toy = new ToySync();
  for (const id of ["mute", "silent"]) {
    toy.join(id, {chain: new ToyChain(row.slice(0, 1)), answers: () => undefined});
  }
  toy.join("a", {chain: long});
  toy.run(60_000);
  sameBest(toy, long);
});

test("a peer that claims a thousand blocks and has none cannot keep us catching up", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 50))});
  toy.join(
    "liar",
    {chain: new ToyChain(row.slice(0, 50))},
    {hash: new Uint8Array(32).fill(1), number: 1_000},
  );
  assert.equal(toy.sync.isMajorSyncing, true);
  toy.run(60_000);
  assert.equal(toy.sync.isMajorSyncing, false);
  assert.ok(toy.reports.includes("liar empty-promise"));
});

test("nor can one that claims them and says nothing when it is asked for them", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 50))});
  toy.join("a", {chain: new ToyChain(row.slice(0, 50))});
  toy.join(
    "liar",
    {chain: long, answers: ({body}, honest) => (body ? undefined : honest)},
    {hash: new Uint8Array(32).fill(1), number: 2 ** 32 - 1},
  );
  assert.equal(toy.sync.isMajorSyncing, true);
  toy.run(60_000);
  assert.equal(toy.sync.isMajorSyncing, false);
});

test("a bad block costs its sender, and the chain comes from somebody else", () => {
  const bad = toyBlock(row[1_499], 66);
  const poisoned = new ToyChain([...row.slice(0, 1_500), bad, ...toyRow(bad, 4_000, 66)]);
  const isBad = (block: {hash: Uint8Array}) => bytesToHex(block.hash) === bytesToHex(bad.hash);
  const toy = new ToySync({isBad});
  toy.join("bad", {chain: poisoned});
  toy.join("good", {chain: long});
  toy.run();
  assert.ok(toy.reports.includes("bad bad-block"));
  assert.ok(!toy.reports.some(report => report.startsWith("good")));
  sameBest(toy, long);
});

test("answers that hang together with nothing are refused", () => {
  const wrong: [
    string,
    (honest: ReturnType<ToyChain["answer"]>) => ReturnType<ToyChain["answer"]>,
  ][] = [
    ["another header", honest => honest.map(block => ({...block, hash: new Uint8Array(32)}))],
    ["no header", honest => honest.map(block => ({...block, header: undefined}))],
    ["no body", honest => honest.map(block => ({...block, body: undefined}))],
    ["another body", honest => honest.map(block => ({...block, body: [Uint8Array.of(4, 1)]}))],
    ["garbage", honest => honest.map(block => ({...block, header: Uint8Array.of(1, 2)}))],
    ["too many", honest => [...honest, ...honest]],
    ["elsewhere", honest => honest.slice(1)],
    ["gaps", honest => honest.filter((_, i) => i !== 3)],
  ];
  for (const [name, spoil] of wrong) {
    const toy = new ToySync();
    toy.join("a", {chain: long, answers: (_, honest) => spoil(honest)});
    toy.run(1_000);
    assert.deepEqual(toy.reports, ["a bad-response"], name);
    assert.equal(toy.chain.best().number, 0, name);
  }
});

test("an honest header with a forged body harms its sender and not the block of that name", () => {
  const toy = new ToySync({
    chain: new ToyChain(row.slice(0, 100)),
    isBad: ({body}) => body.length > 0,
  });
  const forged = (honest: ReturnType<ToyChain["answer"]>) =>
    honest.map(block => ({...block, body: [Uint8Array.of(4, 1)]}));
  toy.join("forger", {chain: long, answers: (_, honest) => forged(honest)}, toy.chain.best());
  toy.join("honest", {chain: long}, toy.chain.best());
  toy.announce("forger", row[100]!);
  toy.run(1_000);
  toy.sync.peerLeft("forger", toy.now);
  toy.announce("honest", row[100]!);
  toy.run(1_000);
  assert.equal(toy.chain.best().number, 101);
  assert.deepEqual(toy.reports, ["forger bad-response"]);
});

test("a peer whose answer was made up is left alone for a minute: looking through it costs more than making it", () => {
  const toy = new ToySync();
  toy.join("a", {chain: long, answers: (_, honest) => honest.slice(1)});
  toy.run(59_000);
  assert.equal(toy.requests.get("a"), 1);
});

test("a block announced near our head is fetched at once, with the parents we lack", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const ahead = new ToyChain(row.slice(0, 103));
  toy.join("a", {chain: ahead}, toy.chain.best());
  toy.announce("a", row[102]!);
  toy.run(1_000);
  assert.equal(toy.chain.best().number, 103);
  assert.deepEqual(toy.reports, []);
});

test("an announced fork of the same height is fetched too: it may be the one that becomes final", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const sibling = toyBlock(row[98], 4);
  toy.join("a", {chain: new ToyChain([...row.slice(0, 99), sibling])}, row[98]);
  toy.announce("a", sibling);
  toy.run(1_000);
  assert.equal(toy.chain.isKnown(sibling.hash), true);
  assert.equal(toy.chain.best().number, 100);
});

test("when the peer with a wanted block leaves, nothing waits for it", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  toy.join("a", {chain: long, answers: () => undefined}, row[99]);
  toy.announce("a", row[101]!);
  toy.sync.peerLeft("a", toy.now);
  toy.run(60_000);
  assert.equal(toy.sync.wakeAt(toy.now), undefined);
  assert.equal(toy.sync.progress().stage, "waiting-for-peers");
});

test("one peer that speaks of blocks that nobody has keeps nobody from what others have", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const sibling = toyBlock(row[98], 4);
  toy.join("liar", {chain: long, answers: () => undefined}, row[98]);
  toy.join("a", {chain: new ToyChain([...row.slice(0, 99), sibling])}, row[98]);
  for (let i = 0; i < 64; i++) toy.announce("liar", toyBlock(row[98], 100 + i));
  toy.announce("a", sibling);
  toy.run(1_000);
  assert.equal(toy.chain.isKnown(sibling.hash), true);
});

test("what finality waits for is fetched, however much was announced or asked for by strangers", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const sibling = toyBlock(row[98], 4);
  for (let peer = 0; peer < 20; peer++) {
    const id = `liar${peer}`;
    toy.join(id, {chain: long, answers: () => undefined}, row[98]);
    for (let i = 0; i < 20; i++) {
      toy.announce(id, toyBlock(row[98], 1_000 + peer * 100 + i));
      const needed = toyBlock(row[98], 4_000 + peer * 100 + i);
      toy.sync.want(needed, [id], toy.now);
    }
  }
  toy.join("a", {chain: new ToyChain([...row.slice(0, 99), sibling])}, row[98]);
  toy.sync.want(sibling, ["a"], toy.now);
  toy.run(1_000);
  assert.equal(toy.chain.isKnown(sibling.hash), true);
});

test("a peer that did not give a block it spoke of is not asked for it again, and another one is", () => {
  const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
  const sibling = toyBlock(row[98], 4);
  const forked = new ToyChain([...row.slice(0, 99), sibling]);
  toy.join("mute", {chain: forked, answers: () => undefined}, row[98]);
  toy.join("a", {chain: forked}, row[98]);
  toy.announce("mute", sibling);
  toy.announce("a", sibling);
  toy.run(600_000);
  assert.equal(toy.chain.isKnown(sibling.hash), true);
  const lonely = toyBlock(row[98], 5);
  toy.announce("mute", lonely);
  toy.run(600_000);
  assert.deepEqual(
    [...toy.requests],
    [
      ["mute", 2],
      ["a", 1],
    ],
  );
});

test("paused it asks nothing, and resumed it goes on from wherever the chain is by then", () => {
  const toy = new ToySync();
  toy.sync.pause();
  toy.join("a", {chain: long});
  toy.sync.want(row[40]!, ["a"], toy.now);
  toy.run(60_000);
  assert.equal(toy.requests.size, 0);
  for (const block of row.slice(0, 4_000)) toy.chain.add(block);
  toy.chain.finalize(4_000);
  toy.sync.resume(toy.now);
  toy.run();
  sameBest(toy, long);
  assert.equal(toy.imported, 1_000);
  assert.deepEqual(toy.reports, []);
});

test("whatever forks peers are on and however they misbehave, one honest peer is enough", () => {
  const behaviours = fc.constantFrom("honest", "mute", "empty", "garbage", "half");
  const peers = fc.array(
    fc.record({fork: fc.nat({max: 180}), length: fc.nat({max: 15}), behaviour: behaviours}),
    {maxLength: 5},
  );
  fc.assert(
    fc.property(
      peers,
      fc.nat({max: 199}),
      fc.infiniteStream(fc.double({min: 0, max: 0.999, noNaN: true})),
      (others, have, stream) => {
        const main = row.slice(0, 200);
        const toy = new ToySync({
          chain: new ToyChain(main.slice(0, have)),
          random: () => stream.next().value as number,
        });
        others.forEach(({fork, length, behaviour}, i) => {
          const branch: ToyBlock[] = toyRow(main[fork]!, length, i + 1);
          const chain = new ToyChain([...main.slice(0, fork + 1), ...branch]);
          toy.join(`p${i}`, {
            chain,
            answers: (_, honest) =>
              behaviour === "mute"
                ? undefined
                : behaviour === "empty"
                  ? []
                  : behaviour === "garbage"
                    ? [
                        {
                          hash: GENESIS.hash,
                          header: Uint8Array.of(9),
                          body: [],
                          justification: undefined,
                        },
                      ]
                    : behaviour === "half"
                      ? honest.slice(0, Math.ceil(honest.length / 2))
                      : honest,
          });
        });
        toy.join("honest", {chain: new ToyChain(main)});
        toy.run(600_000);
        assert.equal(toy.chain.best().number, 200);
        assert.ok(!toy.reports.some(report => report.startsWith("honest")), toy.reports.join());
      },
    ),
    {numRuns: 200},
  );
});
