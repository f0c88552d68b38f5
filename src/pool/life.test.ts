import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {err, millis} from "#base";
import {invalid} from "#primitives";
import {blockHash, bytesOf, hashOf, type Toy, ToyPool} from "./test-kit/toy-pool.ts";

/** Statuses after which nothing more is said. */
const LAST: readonly string[] = ["finalized", "finalityTimeout", "usurped", "dropped", "invalid"];
const HALF_AN_HOUR = 30 * 60 * 1_000;

test("a transaction is ready, in a block, and finalized with it", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  const hash = toys.enact(1, [toy]);
  assert.deepEqual(toys.statuses.get("one"), [{kind: "ready"}, {kind: "inBlock", block: hash}]);
  assert.equal(toys.pool.status.ready, 0);
  toys.pool.blockFinalized(0);
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock"]);
  toys.pool.blockFinalized(9);
  assert.deepEqual(toys.statuses.get("one")?.at(-1), {kind: "finalized", block: hash});
});

test("what waited for a transaction is ready once a block holds that, its own or a stranger's", async () => {
  const toys = new ToyPool();
  const first: Toy = {what: "first", gives: ["a0"]};
  await toys.submit(first);
  toys.enact(1, [first]);
  assert.equal(await toys.submit({what: "second", needs: ["a0"]}), "taken");
  assert.deepEqual(toys.best(), ["second"], "the tag of a recent block still counts");

  const waiting: Toy = {what: "waiting", needs: ["b0"]};
  await toys.submit(waiting);
  toys.enact(2, [], ["b0"]);
  assert.deepEqual(toys.seen(waiting), ["future", "ready"]);
});

test("tags of blocks count for four blocks", async () => {
  const toys = new ToyPool();
  toys.enact(1, [], ["old"]);
  for (const number of [2, 3, 4]) toys.enact(number, []);
  await toys.submit({what: "in time", needs: ["old"]});
  toys.enact(5, []);
  await toys.submit({what: "too late", needs: ["old"]});
  assert.deepEqual(toys.best(), ["in time"]);
});

test("a block's transaction ends the one in the pool that gives the same", async () => {
  const toys = new ToyPool();
  const ours: Toy = {what: "ours", gives: ["n"]};
  await toys.submit(ours);
  toys.enact(1, [], ["n"]);
  assert.deepEqual(toys.seen(ours), ["ready", "invalid"]);
  assert.equal(toys.pool.status.ready, 0);
});

test("a transaction lives as many blocks as the runtime says, and its dependents no longer", async () => {
  const toys = new ToyPool();
  toys.at = 10;
  const mortal: Toy = {what: "mortal", longevity: 5n, gives: ["m"]};
  const child: Toy = {what: "child", needs: ["m"]};
  const future: Toy = {what: "future", needs: ["never"], longevity: 5n};
  for (const toy of [mortal, child, future]) await toys.submit(toy);
  toys.enact(14, []);
  assert.deepEqual(toys.best(), ["mortal", "child"]);
  toys.enact(15, []);
  assert.deepEqual(toys.best(), []);
  for (const toy of [mortal, child, future]) assert.equal(toys.seen(toy).at(-1), "invalid");
  assert.equal(toys.pool.status.future, 0);
});

test("an immortal transaction stays", async () => {
  const toys = new ToyPool();
  await toys.submit({what: "immortal"});
  toys.enact(4_000_000_000, []);
  assert.deepEqual(toys.best(), ["immortal"]);
});

test("a block that leaves the best chain gives its transactions back", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  const hash = toys.enact(1, [toy]);
  toys.pool.blockRetracted({hash, body: [bytesOf(toy)]});
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock", "retracted", "ready"]);
  assert.deepEqual(toys.best(), ["one"]);
  toys.enact(2, [toy]);
  assert.equal(toys.seen(toy).at(-1), "inBlock");
});

const settled = () => new Promise(resolve => setImmediate(resolve));

test("one that is no longer valid when its block loses gets its last word", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "born on the losing fork"};
  await toys.submit(toy);
  const hash = toys.enact(1, [toy]);
  Object.assign(toy, {verdict: err(invalid("BadProof"))});
  toys.pool.blockRetracted({hash, body: [bytesOf(toy)]});
  await settled();
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock", "retracted", "invalid"]);
});

test("one that another block took meanwhile is not called invalid", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  const hash = toys.enact(1, [toy]);
  Object.assign(toy, {verdict: err(invalid("Stale"))});
  toys.pool.blockRetracted({hash, body: [bytesOf(toy)]});
  toys.enact(2, [toy]);
  await settled();
  toys.pool.blockFinalized(2);
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock", "retracted", "inBlock", "finalized"]);
});

test("those of blocks that nobody wants back are dropped with them", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  const hash = toys.enact(1, [toy]);
  toys.pool.blockRetracted({hash, body: [bytesOf(toy)], isGivenUp: true});
  await settled();
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock", "retracted", "dropped"]);
});

test("finality that does not come is waited for over 512 blocks, whether or not those hold anything", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  toys.enact(1, [toy]);
  for (let number = 2; number <= 512; number++) toys.enact(number, []);
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock"]);
  toys.enact(513, []);
  assert.deepEqual(toys.seen(toy), ["ready", "inBlock", "finalityTimeout"]);
});

test("whatever happens to its blocks, a watched transaction ends with exactly one last status", async () => {
  const step = fc.oneof(
    fc.record({what: fc.constant("enact" as const), toy: fc.nat(3)}),
    fc.record({what: fc.constant("retract" as const), givenUp: fc.boolean()}),
    fc.record({what: fc.constant("finalize" as const)}),
    fc.record({what: fc.constant("spoil" as const), toy: fc.nat(3)}),
    fc.record({what: fc.constant("remove" as const), toy: fc.nat(3)}),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, {maxLength: 30}), async steps => {
      const toys = new ToyPool();
      const all: Toy[] = [0, 1, 2, 3].map(n => ({what: `toy ${n}`}));
      for (const toy of all) await toys.submit(toy);
      const chain: (Toy | undefined)[] = [];
      let final = 0;
      for (const one of steps) {
        if (one.what === "enact") {
          const toy = all[one.toy]!;
          const isIn = chain.includes(toy) || toy.verdict !== undefined;
          chain.push(isIn ? undefined : toy);
          toys.enact(chain.length, isIn ? [] : [toy]);
        } else if (one.what === "retract" && chain.length > final) {
          const hash = blockHash(chain.length);
          const toy = chain.pop();
          const body = toy === undefined ? [] : [bytesOf(toy)];
          toys.pool.blockRetracted({hash, body, isGivenUp: one.givenUp});
        } else if (one.what === "finalize") {
          final = chain.length;
          toys.pool.blockFinalized(final);
        } else if (one.what === "spoil") {
          Object.assign(all[one.toy]!, {verdict: err(invalid("BadProof"))});
        } else if (one.what === "remove") toys.pool.remove([hashOf(all[one.toy]!)], "invalid");
        await settled();
      }
      for (let number = chain.length + 1; number <= chain.length + 513; number++) {
        toys.pool.blockEnacted({hash: blockHash(200), number, body: []});
      }
      toys.pool.remove(all.map(hashOf));
      for (const toy of all) {
        const last = toys.seen(toy).filter(kind => LAST.includes(kind));
        assert.equal(last.length, 1, toys.seen(toy).join());
        assert.ok(LAST.includes(toys.seen(toy).at(-1)!), toys.seen(toy).join());
      }
    }),
    {numRuns: 300},
  );
});

test("what was removed is refused for half an hour, and so is what was found invalid", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one", gives: ["x"]};
  const child: Toy = {what: "child", needs: ["x"]};
  await toys.submit(toy);
  await toys.submit(child);
  assert.deepEqual(toys.pool.remove([hashOf(toy)]), [hashOf(toy), hashOf(child)]);
  assert.deepEqual(toys.seen(toy), ["ready", "dropped"]);
  assert.equal(await toys.submit(toy), "temporarily-banned");
  assert.equal(await toys.submit(child), "taken", "only what was named is banned");

  const bad: Toy = {what: "bad", verdict: err(invalid("BadProof"))};
  assert.equal(await toys.submit(bad), "invalid");
  assert.equal(await toys.submit(bad), "temporarily-banned");

  toys.clock.advanceTo(millis(1_000 + HALF_AN_HOUR - 1));
  assert.equal(await toys.submit(toy), "temporarily-banned");
  toys.clock.advanceTo(millis(1_000 + HALF_AN_HOUR));
  assert.equal(await toys.submit(toy), "taken");
});

test("a nonce from the future, or what cannot be told, is refused and not banned", async () => {
  const toys = new ToyPool();
  const early: Toy = {what: "early", verdict: err(invalid("Future"))};
  assert.equal(await toys.submit(early), "invalid");
  assert.equal(await toys.submit(early), "invalid");
  const unknown: Toy = {
    what: "unknown",
    verdict: err({type: "Unknown", value: {type: "CannotLookup"}}),
  };
  assert.equal(await toys.submit(unknown), "unknown-validity");
  assert.equal(await toys.submit(unknown), "unknown-validity");
});

test("nothing more is said after a last status, nor to who stopped watching", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  toys.pool.broadcast(hashOf(toy), ["peer"]);
  toys.pool.remove([hashOf(toy)], "invalid");
  toys.pool.broadcast(hashOf(toy), ["peer"]);
  assert.deepEqual(toys.seen(toy), ["ready", "broadcast", "invalid"]);

  const other: Toy = {what: "other"};
  await toys.submit(other);
  const seen: string[] = [];
  const again = await toys.pool.submit("Local", bytesOf(other), ({kind}) => seen.push(kind));
  assert.ok(!again.ok);
  toys.enact(1, [other]);
  assert.deepEqual(seen, [], "a refused submission is not told of anything");
});

test("a watcher who leaves hears nothing any more", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  await toys.submit(toy);
  toys.enact(1, [toy]);
  const bytes = bytesOf({what: "one"});
  const seen: string[] = [];
  const result = await toys.pool.submit("Local", bytes, ({kind}) => seen.push(kind));
  assert.ok(result.ok);
  result.value.unwatch();
  toys.enact(2, [toy]);
  assert.deepEqual(seen, ["ready"]);
});

test("after 512 blocks without finality a watcher is let go", async () => {
  const toys = new ToyPool();
  const all = Array.from({length: 513}, (_, i): Toy => ({what: `t${i}`}));
  for (const [i, toy] of all.entries()) {
    await toys.submit(toy);
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, i);
    toys.pool.blockEnacted({hash, number: i + 1, body: [bytesOf(toy)]});
  }
  assert.deepEqual(toys.seen(all[0]!), ["ready", "inBlock", "finalityTimeout"]);
  assert.deepEqual(toys.seen(all[1]!), ["ready", "inBlock"]);
});

test("whoever waits for work is told when something becomes ready", async () => {
  const toys = new ToyPool();
  let told = 0;
  const stop = toys.pool.onReady(() => told++);
  await toys.submit({what: "waiting", needs: ["x"]});
  assert.equal(told, 0);
  await toys.submit({what: "giver", gives: ["x"]});
  assert.ok(told > 0);
  stop();
  const before = told;
  await toys.submit({what: "another"});
  assert.equal(told, before);
});
