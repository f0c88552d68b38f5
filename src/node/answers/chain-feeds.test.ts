import assert from "node:assert/strict";
import {test} from "node:test";
import {millis} from "#base";
import type {BlockRef, ChainEvents, ChainFeed} from "#core";
import {ChainFeeds} from "./chain-feeds.ts";

/** Feeds of a chain on which each listener takes so many milliseconds. */
function feeds(took: number) {
  let now = 0;
  const told: string[] = [];
  const faults: unknown[] = [];
  const own = new Map<ChainFeed, (event: never) => void>();
  let resume: (() => void)[] = [];
  const chain = {
    on(feed: ChainFeed, listener: (event: never) => void) {
      own.set(feed, listener);
      return () => {};
    },
  };
  const thread = {
    clock: {now: () => millis(now)},
    yieldThread: () => new Promise<void>(resolve => resume.push(resolve)),
  };
  const all = new ChainFeeds(chain as never, thread, fault => faults.push(fault));
  const follow = (name: string, feed: "import" | "best" = "import") =>
    all.on(feed, ({number}: BlockRef) => {
      now += took;
      told.push(`${name} ${feed} ${number}`);
    });
  const happen = <F extends ChainFeed>(feed: F, number: number) =>
    own.get(feed)?.({hash: new Uint8Array(32), number} as unknown as never as ChainEvents[F] &
      never);
  /** Others have had the thread. */
  const goOn = async () => {
    const waiting = resume;
    resume = [];
    for (const one of waiting) one();
    await new Promise(resolve => setImmediate(resolve));
  };
  return {all, told, faults, follow, happen, goOn, isWaiting: () => resume.length > 0};
}

test("what does not fill a slice is told at once", () => {
  const {told, follow, happen} = feeds(1);
  for (const name of ["a", "b", "c"]) follow(name);
  happen("import", 1);
  happen("import", 2);
  assert.deepEqual(
    told,
    ["a", "b", "c"]
      .flatMap(name => [`${name} import 1`])
      .concat(["a import 2", "b import 2", "c import 2"]),
  );
});

test("others have the thread after each slice, and everybody hears everything in its order", async () => {
  const {told, follow, happen, goOn, isWaiting} = feeds(5);
  for (const name of ["a", "b", "c"]) {
    follow(name);
    follow(name, "best");
  }
  happen("import", 1);
  happen("best", 1);
  happen("import", 2);
  assert.deepEqual(told, ["a import 1", "b import 1"]);
  while (isWaiting()) await goOn();
  const inOrder = (name: string) =>
    told.filter(one => one.startsWith(name)).map(one => one.slice(2));
  for (const name of ["a", "b", "c"]) {
    assert.deepEqual(inOrder(name), ["import 1", "best 1", "import 2"]);
  }
});

test("who comes while others are being told is not told of what it has seen, and who goes hears no more", async () => {
  const {told, follow, happen, goOn, isWaiting} = feeds(8);
  follow("a");
  const stop = follow("b");
  follow("c");
  happen("import", 1);
  assert.deepEqual(told, ["a import 1"]);
  follow("d");
  stop();
  while (isWaiting()) await goOn();
  assert.deepEqual(told, ["a import 1", "c import 1"]);
  happen("import", 2);
  while (isWaiting()) await goOn();
  assert.deepEqual(told.slice(2), ["a import 2", "c import 2", "d import 2"]);
});

test("a listener that throws is one's own affair", () => {
  const {all, told, faults, follow, happen} = feeds(1);
  all.on("import", () => {
    throw new Error("of a client");
  });
  follow("a");
  happen("import", 1);
  assert.deepEqual(told, ["a import 1"]);
  assert.match(String(faults[0]), /of a client/);
});

test("where more waits than can be told, it is told in one piece: nothing is lost and no list grows for ever", () => {
  const {told, follow, happen} = feeds(8);
  for (const name of ["a", "b"]) follow(name);
  for (let number = 1; number <= 300; number++) happen("import", number);
  assert.equal(told[0], "a import 1");
  assert.ok(told.length < 600);
});
