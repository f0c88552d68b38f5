import assert from "node:assert/strict";
import {test} from "node:test";
import {err, millis, ok, type Slot, silentLogger, VirtualClock} from "#base";
import {TransactionPool} from "#pool";
import {DEFAULT_VALIDITY, invalid} from "#primitives";
import type {ChainTime} from "../time/chain-time.ts";
import type {BlockMaker} from "./block-maker.ts";
import {DemandAuthor} from "./demand-author.ts";

const hash = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(32);
  out.set(bytes);
  return out;
};

/** The third byte of a transaction that turns out to be invalid. */
const BAD = 66;

/** An author on instant seal, whose blocks take all that is ready. */
function instantly(closed = 0) {
  const clock = new VirtualClock(millis(0));
  const pool = new TransactionPool(
    {},
    {
      clock,
      logger: silentLogger,
      hash,
      // As long as the signature of each takes.
      async validate(_, bytes) {
        for (let turn = 0; turn < bytes[1]!; turn++) await new Promise(setImmediate);
        if (bytes[2] === BAD) return ok({at: 0, validity: err(invalid("BadProof"))});
        return ok({at: 0, validity: ok({...DEFAULT_VALIDITY, provides: [bytes]})});
      },
      yieldThread: async () => {},
    },
  );
  const blocks: number[] = [];
  const maker = {
    inTurn: <T>(work: () => Promise<T>) => work(),
    slotDuration: () => ok(500),
    claim: () => ok({slot: blocks.length as Slot}),
    startOf: () => millis(0),
    async make() {
      if (closed-- > 0) {
        blocks.push(0);
        return ok({transactions: 0, isClosed: true});
      }
      const body = [...pool.best()].map(({bytes}) => bytes);
      const number = blocks.push(body.length);
      pool.blockEnacted({hash: hash(Uint8Array.of(number)), number, body});
      return ok({transactions: body.length, isClosed: false});
    },
  } as unknown as BlockMaker;
  const time = {now: () => millis(0), atLeast() {}} as unknown as ChainTime;
  const author = new DemandAuthor(
    {kind: "instant"},
    {
      maker,
      pool,
      clock,
      time,
      logger: silentLogger,
      onMade: () => undefined,
      onFatal: fault => assert.fail(String(fault)),
    },
  );
  author.start();
  return {pool, author, blocks};
}

/** Until all that was submitted is judged and in a block. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

test("transactions that come together go into one block, however long each is looked at", async () => {
  const {pool, author, blocks} = instantly();
  const lengths = [1, 4, 2, 3];
  await Promise.all(lengths.map(length => pool.submit("External", Uint8Array.of(8, length, 1))));
  await turns(8);
  await author.stop();
  assert.deepEqual(blocks, [4]);
});

test("a transaction that comes alone is in a block before one that comes later is judged", async () => {
  const {pool, author, blocks} = instantly();
  await pool.submit("External", Uint8Array.of(8, 0, 0));
  const later = pool.submit("External", Uint8Array.of(8, 20, 1));
  await turns(4);
  assert.deepEqual(blocks, [1]);
  await later;
  await turns(4);
  await author.stop();
  assert.deepEqual(blocks, [1, 1]);
});

test("a transaction that becomes ready as the one that a block was begun for goes elsewhere is in a block", async () => {
  const {pool, author, blocks} = instantly();
  const first = Uint8Array.of(8, 3, 1);
  const judged = pool.submit("External", first);
  const slow = pool.submit("External", Uint8Array.of(8, 20, BAD));
  await judged;
  const next = pool.submit("External", Uint8Array.of(8, 1, 3));
  await turns(3);
  pool.remove([hash(first)]);
  await Promise.all([slow, next]);
  await turns(10);
  await author.stop();
  assert.deepEqual([pool.status.ready, blocks], [0, [1]]);
});

test("each block is told of when it is there, and the end of all", async () => {
  const {pool, author, blocks} = instantly();
  const told: (readonly [string, number])[] = [];
  const stop = author.onTried(what => told.push([what, blocks.length]));
  for (const which of [0, 1]) {
    await pool.submit("External", Uint8Array.of(8, 0, which));
    await turns(8);
  }
  stop();
  await pool.submit("External", Uint8Array.of(8, 0, 2));
  await turns(8);
  await author.stop();
  assert.deepEqual(blocks, [1, 1, 1]);
  assert.deepEqual(told, [
    ["block", 1],
    ["all", 1],
    ["block", 2],
    ["all", 2],
  ]);
});

test("blocks that were closed to transactions are not told of as if one might have been in them", async () => {
  const {pool, author, blocks} = instantly(3);
  const told: string[] = [];
  author.onTried(what => told.push(what));
  await pool.submit("External", Uint8Array.of(8, 0, 0));
  await turns(20);
  await author.stop();
  assert.deepEqual(blocks, [0, 0, 0, 1]);
  assert.deepEqual(told, ["block", "all"]);
});
