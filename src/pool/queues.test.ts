import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {bytesOf, type Toy, ToyPool} from "./test-kit/toy-pool.ts";

test("what needs nothing is ready; what needs a tag waits until somebody gives it", async () => {
  const toys = new ToyPool();
  const second: Toy = {what: "second", needs: ["a0"], gives: ["a1"]};
  const first: Toy = {what: "first", gives: ["a0"]};
  assert.equal(await toys.submit(second), "taken");
  assert.deepEqual([toys.pool.status.ready, toys.pool.status.future], [0, 1]);
  assert.deepEqual(toys.seen(second), ["future"]);
  assert.equal(await toys.submit(first), "taken");
  assert.deepEqual(toys.best(), ["first", "second"]);
  assert.deepEqual(toys.seen(second), ["future", "ready"]);
  assert.deepEqual(toys.pool.status, {ready: 2, future: 0, readyBytes: 13, futureBytes: 0});
});

test("a gap of several nonces closes from its front", async () => {
  const toys = new ToyPool();
  const chain = [0, 1, 2, 3].map(
    (n): Toy => ({what: `n${n}`, gives: [`t${n}`], ...(n === 0 ? {} : {needs: [`t${n - 1}`]})}),
  );
  for (const toy of [chain[3]!, chain[1]!, chain[2]!]) await toys.submit(toy);
  assert.deepEqual([toys.pool.status.ready, toys.pool.status.future], [0, 3]);
  await toys.submit(chain[0]!);
  assert.deepEqual(toys.best(), ["n0", "n1", "n2", "n3"]);
});

test("the best goes first: by priority, then by what expires sooner, then by arrival", async () => {
  const toys = new ToyPool();
  await toys.submit({what: "late", priority: 5n});
  await toys.submit({what: "later", priority: 5n});
  await toys.submit({what: "mortal", priority: 5n, longevity: 10n});
  await toys.submit({what: "tipped", priority: 6n});
  await toys.submit({what: "poor", priority: 1n});
  assert.deepEqual(toys.best(), ["tipped", "mortal", "late", "later", "poor"]);
});

test("no priority puts a transaction before the one it needs", async () => {
  const toys = new ToyPool();
  await toys.submit({what: "low", gives: ["x"], priority: 1n});
  await toys.submit({what: "other", priority: 2n});
  await toys.submit({what: "high", needs: ["x"], priority: 9n});
  assert.deepEqual(toys.best(), ["other", "low", "high"]);
});

test("in any order of arrival each transaction comes after all that it needs", async () => {
  const toy = fc.record({
    needs: fc.uniqueArray(fc.integer({min: 0, max: 9}), {maxLength: 3}),
    priority: fc.bigInt({min: 0n, max: 5n}),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(toy, {maxLength: 10}), fc.integer(), async (shapes, seed) => {
      const toys = new ToyPool();
      const all = shapes.map(
        ({needs, priority}, i): Toy => ({
          what: `t${i}`,
          gives: [`${i}`],
          needs: needs.filter(need => need < i).map(String),
          priority,
        }),
      );
      const mixed = all
        .map((one, i) => ({one, key: Math.imul(i + 1, seed | 1) >>> 0}))
        .sort((a, b) => a.key - b.key);
      for (const {one} of mixed) await toys.submit(one);
      const order = toys.best();
      assert.equal(order.length, all.length);
      for (const [i, {needs = []}] of all.entries()) {
        for (const need of needs) {
          assert.ok(order.indexOf(`t${need}`) < order.indexOf(`t${i}`));
        }
      }
    }),
    {numRuns: 50},
  );
});

test("who gives the same takes the place only by a higher priority", async () => {
  const toys = new ToyPool();
  const old: Toy = {what: "old", gives: ["n"], priority: 5n};
  const dependent: Toy = {what: "dependent", needs: ["n"]};
  await toys.submit(old);
  await toys.submit(dependent);
  assert.equal(await toys.submit({what: "equal", gives: ["n"], priority: 5n}), "priority-too-low");
  assert.equal(await toys.submit({what: "better", gives: ["n"], priority: 6n}), "taken");
  assert.deepEqual(toys.seen(old), ["ready", "usurped"]);
  assert.deepEqual(toys.best(), ["better", "dependent"]);
});

test("replacing several at once takes more than all of them together", async () => {
  const toys = new ToyPool();
  await toys.submit({what: "a", priority: 3n});
  await toys.submit({what: "b", priority: 4n});
  const both = (what: string, priority: bigint): Toy => ({what, gives: ["a", "b"], priority});
  assert.equal(await toys.submit(both("seven", 7n)), "priority-too-low");
  assert.equal(await toys.submit(both("eight", 8n)), "taken");
  assert.deepEqual(toys.best(), ["eight"]);
});

test("what is already there, or under examination, is not taken twice", async () => {
  const toys = new ToyPool();
  const toy: Toy = {what: "one"};
  const both = await Promise.all([toys.submit(toy), toys.submit(toy)]);
  assert.deepEqual(both, ["taken", "already-imported"]);
  assert.equal(await toys.submit(toy), "already-imported");
});

test("what needs its own tag, gives none, or is badly framed is refused", async () => {
  const toys = new ToyPool();
  assert.equal(await toys.submit({what: "snake", needs: ["s"], gives: ["s"]}), "cycle-detected");
  assert.equal(await toys.submit({what: "dumb", gives: []}), "no-tags-provided");
  for (const bytes of [[], [8, 1], [4, 1, 2]]) {
    const result = await toys.pool.submit("External", Uint8Array.from(bytes));
    assert.ok(!result.ok && result.error.code === "malformed");
  }
  assert.equal(toys.pool.status.ready, 0);
});

test("a full pool gives up the worst, and tells it", async () => {
  const toys = new ToyPool({readyCount: 2});
  const poor: Toy = {what: "poor", priority: 1n};
  const fair: Toy = {what: "fair", priority: 2n};
  await toys.submit(poor);
  await toys.submit(fair);
  assert.equal(await toys.submit({what: "rich", priority: 3n}), "taken");
  assert.deepEqual(toys.best(), ["rich", "fair"]);
  assert.deepEqual(toys.seen(poor), ["ready", "dropped"]);
  assert.equal(await toys.submit({what: "poorer", priority: 1n}), "immediately-dropped");
});

test("among equals a full pool gives up who came last", async () => {
  const toys = new ToyPool({readyCount: 2});
  for (const what of ["a", "b"]) await toys.submit({what});
  assert.equal(await toys.submit({what: "c"}), "immediately-dropped");
  assert.deepEqual(toys.best(), ["a", "b"]);
});

test("what depends on the worst goes with it", async () => {
  const toys = new ToyPool({readyCount: 2});
  await toys.submit({what: "base", gives: ["x"], priority: 1n});
  await toys.submit({what: "top", needs: ["x"], priority: 9n});
  await toys.submit({what: "other", priority: 5n});
  assert.deepEqual(toys.best(), ["other"]);
});

test("the waiting ones have a bound of their own, of which the oldest is given up", async () => {
  const toys = new ToyPool({futureCount: 2});
  const waiting = ["f1", "f2", "f3"].map((what): Toy => ({what, needs: [`${what}-needs`]}));
  for (const toy of waiting) await toys.submit(toy);
  assert.equal(toys.pool.status.future, 2);
  assert.deepEqual(toys.seen(waiting[0]!), ["future", "dropped"]);
  assert.deepEqual(toys.seen(waiting[2]!), ["future"]);
});

test("bytes are bounded as well as counts", async () => {
  const toys = new ToyPool({readyBytes: 10});
  await toys.submit({what: "12345", priority: 1n});
  await toys.submit({what: "123", priority: 2n});
  assert.equal(toys.pool.status.readyBytes, 10);
  await toys.submit({what: "67", priority: 3n});
  assert.deepEqual(toys.best(), ["67", "123"]);
  assert.equal(toys.pool.status.readyBytes, bytesOf({what: "67"}).length + 4);
});
