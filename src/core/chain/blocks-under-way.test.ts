import assert from "node:assert/strict";
import {test} from "node:test";
import {err, ok, slot} from "#base";
import {preDigest} from "#consensus";
import type {Header} from "#primitives";
import type {Head} from "./blockchain.ts";
import {BlocksUnderWay} from "./blocks-under-way.ts";

const hash = (n: number) => new Uint8Array(32).fill(n);
const headerOf = (parent: number, number: number, at: number): Header => ({
  parentHash: hash(parent),
  number,
  stateRoot: hash(0),
  extrinsicsRoot: hash(0),
  digest: [preDigest(slot(at))],
});
/** Above block 1; a header of slot 9 is by nobody whose turn it was. */
const underWay = () =>
  new BlocksUnderWay({
    chain: {head: {hash: hash(1), number: 1} as Head, headerBytes: () => undefined},
    checkSeal: ({digest}) =>
      digest[0] === undefined || isOfSlot(digest, 9) ? err("bad-seal") : ok(),
  });
const isOfSlot = (digest: Header["digest"], at: number) =>
  JSON.stringify(digest) === JSON.stringify([preDigest(slot(at))]);

test("a block of an earlier slot on the head is awaited from its announcement until it has ended", () => {
  const blocks = underWay();
  assert.ok(!blocks.isAwaited(slot(6)));
  blocks.announced(hash(2), headerOf(1, 2, 5));
  assert.ok(blocks.isAwaited(slot(6)));
  assert.ok(!blocks.isAwaited(slot(5)), "its own slot");
  blocks.ended(hash(2));
  assert.ok(!blocks.isAwaited(slot(6)));
});

test("nobody waits for a block on another one than the head, nor for one that is by nobody whose turn it was", () => {
  const blocks = underWay();
  blocks.came(hash(3), headerOf(7, 2, 5));
  blocks.came(hash(4), headerOf(1, 2, 9));
  assert.ok(!blocks.isAwaited(slot(10)));
});

test("one that does not come is forgotten when somebody has waited, one that waits to be imported is not", () => {
  const blocks = underWay();
  blocks.announced(hash(2), headerOf(1, 2, 5));
  blocks.giveUp(slot(6));
  assert.ok(!blocks.isAwaited(slot(6)));
  blocks.came(hash(3), headerOf(1, 2, 4));
  blocks.giveUp(slot(6));
  assert.ok(blocks.isAwaited(slot(6)));
});

test("one that is executed can be built on, and is no longer waited for", () => {
  const blocks = underWay();
  blocks.announced(hash(2), headerOf(1, 2, 5));
  const head = {hash: hash(2), number: 2, header: headerOf(1, 2, 5)} as Head;
  blocks.executed({head, body: [], isKept: new Promise(() => {})});
  assert.ok(!blocks.isAwaited(slot(6)));
  assert.equal(blocks.next?.head, head);
  for (let i = 100; i < 200; i++) blocks.announced(hash(i), headerOf(3, 3, i));
  assert.equal(blocks.next?.head, head, "others do not push it out");
  blocks.ended(hash(2));
  assert.equal(blocks.next, undefined);
});

test("who waits hears of every end, also of one that was forgotten", async () => {
  const blocks = underWay();
  blocks.announced(hash(2), headerOf(1, 2, 5));
  const changed = blocks.changed();
  for (let i = 100; i < 200; i++) blocks.announced(hash(i), headerOf(3, 3, i));
  blocks.ended(hash(2));
  await changed;
});
