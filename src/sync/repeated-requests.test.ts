import assert from "node:assert/strict";
import {test} from "node:test";
import {bytesToHex} from "#base";
import {GENESIS, ToyChain, ToySync, toyRow} from "./test-kit/toy-chain.ts";

const row = toyRow(GENESIS, 1_000);
const long = new ToyChain(row);
const MINUTE = 60_000;

/** Others count a request for bodies that comes a third time within a minute, and cut off whoever sends it. */
function asksNothingThrice({asked}: ToySync): void {
  const times = new Map<string, number[]>();
  for (const {peer, wanted, at} of asked) {
    if (!wanted.body) continue;
    const {from, max, direction} = wanted;
    const place = "hash" in from ? bytesToHex(from.hash) : from.number;
    const key = `${peer} ${place} ${max} ${direction}`;
    times.set(key, [...(times.get(key) ?? []), at]);
  }
  for (const [key, at] of times) {
    for (let i = 2; i < at.length; i++) {
      assert.ok(at[i]! - at[i - 2]! > MINUTE, `${key} at ${at.join()}`);
    }
  }
}

for (const kind of ["early", "unchecked", "orphan", "abandoned"] as const) {
  for (const peers of [1, 2, 3]) {
    test(`blocks that are ${kind} are asked of ${peers} in the row slowly, and come once they can`, () => {
      const toy = new ToySync({chain: new ToyChain(row.slice(0, 100))});
      toy.fate = ({number}) => (number === 150 ? {kind} : undefined);
      for (let i = 0; i < peers; i++) toy.join(`p${i}`, {chain: long});
      toy.run(10 * MINUTE);
      asksNothingThrice(toy);
      toy.fate = () => undefined;
      toy.run(2 * MINUTE);
      assert.equal(toy.chain.best().number, 1_000);
      assert.ok(toy.reports.length === 0, toy.reports.join());
    });
  }

  test(`blocks that are ${kind} are asked slowly of a peer on another fork, and come once they can`, () => {
    const fork = toyRow(row[59]!, 100, 3);
    const toy = new ToySync({chain: new ToyChain([...row.slice(0, 60), ...fork])});
    toy.fate = ({number}) => (number === 90 ? {kind} : undefined);
    toy.join("a", {chain: long});
    toy.run(10 * MINUTE);
    asksNothingThrice(toy);
    toy.fate = () => undefined;
    toy.run(2 * MINUTE);
    assert.equal(toy.chain.best().number, 1_000);
  });
}

test("a peer whose blocks do not go on from what it said to have in common is asked slowly", () => {
  const fork = toyRow(row[59]!, 100, 3);
  const toy = new ToySync({chain: new ToyChain([...row.slice(0, 60), ...fork])});
  const elsewhere = toyRow(GENESIS, 1_000, 9);
  const other = new ToyChain(elsewhere);
  toy.join("liar", {
    chain: long,
    answers: (wanted, honest) => (wanted.body ? other.answer(wanted) : honest),
  });
  toy.run(10_000);
  assert.ok(toy.asked.filter(({wanted}) => wanted.body).length <= 3, String(toy.asked.length));
});

test("a peer that went over to another fork is followed there at once", () => {
  const fork = toyRow(row[59]!, 100, 3);
  const toy = new ToySync({chain: new ToyChain([...row.slice(0, 60), ...fork])});
  const before = new ToyChain([...row.slice(0, 60), ...fork, ...toyRow(fork.at(-1)!, 10, 3)]);
  // Says that it has our head, and is on the other fork from then on.
  let questions = 0;
  toy.join(
    "a",
    {
      chain: long,
      answers: (wanted, honest) => (++questions === 1 ? before.answer(wanted) : honest),
    },
    row.at(-1),
  );
  toy.run(5_000);
  assert.equal(toy.chain.best().number, 1_000);
  assert.deepEqual(toy.reports, []);
});
