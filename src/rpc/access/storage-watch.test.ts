import assert from "node:assert/strict";
import {test} from "node:test";
import {createPortableHashing} from "#crypto";
import {memoryState} from "#state";
import type {BlockRef, ChainQuestions} from "../questions/chain.ts";
import {StorageWatch} from "./storage-watch.ts";

const hashing = createPortableHashing();
const blockAt = (number: number): BlockRef => ({hash: new Uint8Array(32).fill(number), number});

/** A chain of blocks that each write their number to `count`, and to `even` if it is that. */
function chain() {
  const listeners: ((block: BlockRef) => void)[] = [];
  let best = 1;
  const stateOf = (number: number) =>
    memoryState(
      [
        ["count", Uint8Array.of(number)],
        ["even", Uint8Array.of(number - (number % 2))],
      ],
      data => hashing.blake2b256(data),
    );
  const questions = {
    best: () => blockAt(best),
    state: (hash: Uint8Array) => stateOf(hash[0]!),
    onBest(listener: (block: BlockRef) => void) {
      listeners.push(listener);
      return () => {};
    },
  } as unknown as ChainQuestions;
  return {
    watch: new StorageWatch(questions),
    /** What is told of it comes later. */
    becomesBest: (number: number) => {
      best = number;
    },
    tell: (number: number) => {
      for (const listener of listeners) listener(blockAt(number));
    },
  };
}

const follow = (watch: StorageWatch, keys: readonly string[] | undefined) => {
  const seen: string[] = [];
  watch.follow(keys && (new Set(keys) as never), ({0: block}, changes) => {
    seen.push(`${block}: ${changes.map(([key, value]) => `${key}=${value?.[0]}`).join(" ")}`);
  });
  return seen;
};

test("who follows a few keys is told of what changed of them, as who follows all is", () => {
  const {watch, becomesBest, tell} = chain();
  const count = follow(watch, ["count"]);
  const both = follow(watch, ["even", "count"]);
  for (const number of [2, 3]) {
    becomesBest(number);
    tell(number);
  }
  assert.deepEqual(count, ["2: count=2", "3: count=3"]);
  assert.deepEqual(both, ["2: count=2 even=2", "3: count=3"]);
  const all = follow(watch, undefined);
  becomesBest(4);
  tell(4);
  assert.deepEqual(all, ["4: count=4 even=4"]);
  assert.equal(both.at(-1), "4: count=4 even=4");
});

test("who comes while others are still to be told is not told of what it has seen", () => {
  const {watch, becomesBest, tell} = chain();
  const first = follow(watch, ["count"]);
  becomesBest(3);
  const late = follow(watch, ["count"]);
  for (const number of [2, 3]) tell(number);
  assert.deepEqual(late, []);
  assert.deepEqual(first, ["2: count=2", "3: count=3"]);
  becomesBest(4);
  tell(4);
  assert.deepEqual(late, ["4: count=4"]);
});
