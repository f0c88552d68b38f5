import assert from "node:assert/strict";
import {test} from "node:test";
import {VirtualClock} from "./clock.ts";
import {ShareOfThread} from "./share-of-thread.ts";
import {millis} from "./units.ts";

const settled = () => new Promise(resolve => setImmediate(resolve));

function setUp(mostWaiting = 8) {
  const clock = new VirtualClock(millis(0));
  const over = new AbortController();
  const share = new ShareOfThread(clock, {share: 0.25, mostWaiting}, over.signal);
  const begun: number[] = [];
  const takes = (time: number) => () => {
    begun.push(clock.now());
    clock.advanceTo(millis(clock.now() + time));
    return time;
  };
  return {clock, over, share, begun, takes};
}

test("after a piece of work the rest of the node has three times as long", async () => {
  const {clock, share, begun, takes} = setUp();
  const all = [share.run(takes(100)), share.run(takes(10)), share.run(takes(1))];
  await settled();
  assert.deepEqual(begun, [0]);
  for (let now = 100; now <= 500; now++) {
    clock.advanceTo(millis(now));
    await settled();
  }
  assert.deepEqual(begun, [0, 400, 440]);
  assert.deepEqual(
    await Promise.all(all),
    [100, 10, 1].map(value => ({ok: true, value})),
  );
});

test("what takes no longer than is free costs no pause", async () => {
  const clock = new VirtualClock(millis(0));
  const {signal} = new AbortController();
  const share = new ShareOfThread(clock, {share: 0.5, free: 20, mostWaiting: 8}, signal);
  const begun: number[] = [];
  const takes = (time: number) => () => {
    begun.push(clock.now());
    clock.advanceTo(millis(clock.now() + time));
  };
  for (const time of [20, 20, 21]) assert.ok((await share.run(takes(time))).ok);
  const last = share.run(takes(1));
  await settled();
  clock.advanceTo(millis(82));
  assert.ok((await last).ok);
  assert.deepEqual(begun, [0, 20, 40, 82]);
});

test("when too many wait, the next is refused, and what was there is done", async () => {
  const {clock, share, takes} = setUp(2);
  const [first, second, third] = [share.run(takes(4)), share.run(takes(4)), share.run(takes(4))];
  assert.deepEqual(await third, {ok: false, error: "crowded"});
  assert.equal((await first).ok, true);
  clock.advanceTo(millis(16));
  assert.equal((await second).ok, true);
});

test("work of whoever is gone is passed over at no cost, and work that throws blocks nobody", async () => {
  const {clock, share, begun, takes} = setUp();
  const asker = new AbortController();
  const failed = share.run(() => {
    throw new Error("no");
  });
  const gone = share.run(takes(100), asker.signal);
  const last = share.run(takes(4));
  asker.abort();
  await assert.rejects(failed, /no/);
  assert.deepEqual(await gone, {ok: false, error: "gone"});
  assert.equal((await last).ok, true);
  assert.deepEqual(begun, [0]);
  assert.equal(clock.now(), 4);
});

test("once all is over, nothing that waits is done", async () => {
  const {over, share, begun, takes} = setUp();
  const all = [share.run(takes(100)), share.run(takes(100))];
  await settled();
  over.abort();
  assert.deepEqual(await all[1], {ok: false, error: "gone"});
  assert.deepEqual(begun, [0]);
});
