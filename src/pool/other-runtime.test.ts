import assert from "node:assert/strict";
import {test} from "node:test";
import {invalid} from "#primitives";
import {ToyPool} from "./test-kit/toy-pool.ts";

const refused = {ok: false, error: invalid("BadProof")} as const;
const settled = () => new Promise(resolve => setImmediate(resolve));

test("what waits is judged anew by another runtime: what it refuses goes with a word, what it takes stays", async () => {
  const kit = new ToyPool();
  const [old, later, both] = [
    {what: "old", gives: ["a"]},
    {what: "later", needs: ["nobody's"]},
    {what: "both", priority: 1n},
  ];
  for (const toy of [old, later, both]) assert.equal(await kit.submit(toy), "taken");
  kit.change({...old, verdict: refused});
  kit.change({...later, verdict: refused});
  kit.change({...both, priority: 9n});
  kit.pool.runtimeChanged();
  await settled();
  assert.deepEqual(kit.best(), ["both"]);
  assert.equal([...kit.pool.best()][0]!.priority, 9n);
  assert.deepEqual(
    [kit.seen(old), kit.seen(later), kit.seen(both)],
    [["ready", "invalid"], ["future", "invalid"], ["ready"]],
  );
});

test("what was refused may be tried again under another runtime", async () => {
  const kit = new ToyPool();
  const early = {what: "early", verdict: refused};
  assert.equal(await kit.submit(early), "invalid");
  assert.equal(await kit.submit(early), "temporarily-banned");
  kit.pool.runtimeChanged();
  assert.equal(await kit.submit({what: "early"}), "taken");
});

test("one signed anew takes the place of the same one of before at once, for no more than that paid", async () => {
  const kit = new ToyPool();
  const old = {what: "old", gives: ["nonce 0"]};
  assert.equal(await kit.submit(old), "taken");
  // It is far from the first that is judged.
  for (let i = 0; i < 40; i++) await kit.submit({what: `better ${i}`, priority: 2n});
  kit.others = new Promise(() => {});
  kit.change({...old, verdict: refused});
  kit.pool.runtimeChanged();
  assert.equal(await kit.submit({what: "new", gives: ["nonce 0"]}), "taken");
  assert.equal(kit.best().at(-1), "new");
  assert.deepEqual(kit.seen(old), ["ready", "invalid"]);
});

test("a verdict that was on its way when the runtime changed is asked for again, whichever it was", async () => {
  const kit = new ToyPool();
  const [stale, early] = [{what: "stale"}, {what: "early", verdict: refused}];
  const submitted = [kit.submit(stale), kit.submit(early)];
  kit.change({...stale, verdict: refused});
  kit.change({what: "early"});
  kit.pool.runtimeChanged();
  assert.deepEqual(await Promise.all(submitted), ["invalid", "taken"]);
});

test("what needs or gives something else by now is dropped with a word: its place in line is not that any more", async () => {
  const kit = new ToyPool();
  const [toy, after] = [
    {what: "toy", gives: ["a"]},
    {what: "after", needs: ["a"]},
  ];
  for (const one of [toy, after]) assert.equal(await kit.submit(one), "taken");
  kit.change({...toy, gives: ["b"]});
  kit.pool.runtimeChanged();
  await settled();
  assert.deepEqual(kit.best(), []);
  assert.deepEqual(
    [kit.seen(toy), kit.seen(after)],
    [
      ["ready", "dropped"],
      ["ready", "dropped"],
    ],
  );
});
