import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {createStorageAnswers} from "./storage.ts";

const KEPT = {
  states: "archive",
  blocks: "archive",
  pallets: [],
  kept: {headers: [], bodies: [], states: []},
  statesToRemove: 0,
  entriesRemoved: 0,
  bytesRemoved: 0,
};

/** A database of so many steps to count, that grows by a thousand bytes a minute. */
function storageOf(steps: number) {
  const clock = new VirtualClock(millis(1_000_000));
  const abort = new AbortController();
  let counts = 0;
  const storage = createStorageAnswers({
    size: () => Math.round((clock.now() - 1_000_000) / 60),
    freeSpace: () => 5,
    count: () => {
      counts++;
      let left = steps;
      return {
        step: () => --left <= 0,
        kinds: () => [{kind: "state nodes", entries: 1, bytes: counts}],
      };
    },
    pruning: () => KEPT,
    index: () => undefined,
    findings: {damages: new Set(["a row"]), mended: 2, roundOverAt: undefined, cameUpon: () => {}},
    setPruning: () => assert.fail("not asked"),
    clock,
    wallClock: clock,
    signal: abort.signal,
    onBug: error => assert.fail(String(error)),
  });
  /** Lets what waits for the clock go on, step by step. */
  const pass = async (milliseconds: number) => {
    const end = clock.now() + milliseconds;
    while (clock.now() < end) {
      clock.advanceTo(millis(Math.min(end, clock.now() + 20)));
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return {storage, clock, abort, pass, counts: () => counts};
}

test("a database is counted in the background when somebody asks, and again when that is old", async () => {
  const {storage, pass, counts, clock} = storageOf(5);
  assert.deepEqual([storage.status().composition, storage.status().isCounting], [undefined, true]);
  await pass(200);
  const {composition, isCounting} = storage.status();
  assert.deepEqual([composition?.kinds[0]?.bytes, isCounting, counts()], [1, false, 1]);
  clock.advanceTo(millis(clock.now() + 11 * 60_000));
  assert.deepEqual(
    storage.status().composition,
    composition,
    "the old count until there is a new one",
  );
  await pass(200);
  assert.equal(storage.status().composition?.kinds[0]?.bytes, 2);
});

test("growth is told once the node has run for long enough", () => {
  const {storage, clock} = storageOf(1);
  assert.equal(storage.status().growth, undefined);
  clock.advanceTo(millis(clock.now() + 60 * 60_000));
  assert.deepEqual(storage.status().growth, {bytesPerDay: 1_440_000, since: 1_000_000});
});

test("a count ends with the node", async () => {
  const {storage, pass, abort} = storageOf(1_000_000);
  storage.status();
  abort.abort(new Error("stopping"));
  await pass(100);
  assert.equal(storage.status().composition, undefined);
});
