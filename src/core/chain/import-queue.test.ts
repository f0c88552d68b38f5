import assert from "node:assert/strict";
import {test} from "node:test";
import {err, millis, ok, silentLogger, slot, VirtualClock} from "#base";
import type {Header} from "#primitives";
import type {Imported, ImportFailure} from "./block-importer.ts";
import {ImportQueue} from "./import-queue.ts";

const SLOT = 1_000;
const done: Imported = {hash: new Uint8Array(32), wasKnown: false, written: Promise.resolve()};

/** A block that the chain has already. */
const KNOWN = 99;

/** Over a clock on which block 7 takes seven milliseconds to import. */
function queueOver(answer: (number: number) => ImportFailure | undefined) {
  const clock = new VirtualClock(millis(10_000));
  const imported: number[] = [];
  const outcomes: string[] = [];
  const took: number[] = [];
  const queue = new ImportQueue({
    importer: {
      import: async ({number}) => {
        clock.advanceTo(millis(clock.now() + number));
        const failure = answer(number);
        if (failure !== undefined) return err(failure);
        imported.push(number);
        return ok({...done, wasKnown: number === KNOWN});
      },
    },
    chain: {room: async () => {}},
    clock,
    time: clock,
    logger: silentLogger,
    slots: {durationOf: () => SLOT},
    yieldThread: async () => {},
    onImported: milliseconds => took.push(milliseconds),
    onFatal: error => {
      throw error;
    },
  });
  const push = (number: number) =>
    queue.push({
      hash: new Uint8Array(32),
      header: {number} as Header,
      body: [],
      origin: "announced",
      done: outcome => outcomes.push(`${number} ${outcome.ok ? "ok" : outcome.error.code}`),
    });
  return {clock, queue, push, imported, outcomes, took};
}

/** Lets all that is ready happen. */
const settle = () => new Promise(resolve => setImmediate(resolve));

test("blocks are imported one by one in the order in which they came", async () => {
  const {push, outcomes} = queueOver(() => undefined);
  for (let number = 1; number <= 50; number++) push(number);
  await settle();
  assert.deepEqual(
    outcomes,
    Array.from({length: 50}, (_, i) => `${i + 1} ok`),
  );
});

test("the time it took is reported for each new block", async () => {
  const {push, took} = queueOver(number => (number === 3 ? {code: "bad-signature"} : undefined));
  for (const number of [2, 3, KNOWN, 5]) push(number);
  await settle();
  assert.deepEqual(took, [2, 5]);
});

test("a block of the next slot waits for it, one of a later slot is refused", async () => {
  let now = 10;
  const {clock, push, outcomes, imported} = queueOver(number =>
    number > now ? {code: "slot-in-future", slot: slot(number), now: slot(now)} : undefined,
  );
  push(11);
  push(12);
  await settle();
  assert.deepEqual(outcomes, ["12 slot-in-future"]);
  now = 11;
  clock.advanceTo(millis(11_000));
  await settle();
  assert.deepEqual(imported, [11]);
  assert.deepEqual(outcomes, ["12 slot-in-future", "11 ok"]);
});

test("what does not fit is told so and not kept", async () => {
  const {push, outcomes, queue} = queueOver(() => undefined);
  for (let number = 0; number < 5_000; number++) push(number);
  assert.ok(outcomes.length > 0 && outcomes.every(outcome => outcome.endsWith("queue-full")));
  await queue.stop();
});
