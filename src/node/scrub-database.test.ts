import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import type {Lost} from "#store";
import {TrieFault} from "#trie";
import {scrubDatabase} from "./scrub-database.ts";

/** What can be had of others is a body here. */
const lostBy = (words: string): Lost | undefined =>
  words.startsWith("a body") ? {kind: "body", block: new Uint8Array(32)} : undefined;

/** A store whose steps find what is said, and the clock that brings them. */
function scrubbed(
  steps: readonly (readonly string[])[],
  whoHas: (lost: Lost) => string | undefined = () => undefined,
) {
  const clock = new VirtualClock(millis(0));
  const abort = new AbortController();
  const logged: string[] = [];
  /** Places that were looked at by themselves. */
  const looked: string[] = [];
  const count = {mended: 0};
  /** When others were asked. */
  const asked: number[] = [];
  let taken = 0;
  const findings = scrubDatabase(
    {
      scrub: () =>
        ({
          damageAt: (key: string) => void looked.push(key),
          step: () => {
            const damages = steps[taken % steps.length]!.map(words => ({
              words,
              lost: lostBy(words),
            }));
            taken++;
            return {damages, isRoundOver: taken % steps.length === 0};
          },
        }) as never,
    },
    {
      clock,
      wallClock: {now: () => millis(1_000_000 + clock.now())},
      logger: {
        log: (level, _target, _message, facts) => void logged.push(`${level}: ${facts?.damage}`),
      },
      mend: async (_, lost) => {
        asked.push(clock.now());
        const peer = whoHas(lost);
        return peer === undefined ? undefined : {peer};
      },
      onMended: () => void count.mended++,
      signal: abort.signal,
    },
  );
  /** Whatever waits goes on in between. */
  const pass = async (to: number) => {
    for (let at = clock.now() + 1_000; at <= to; at += 1_000) {
      clock.advanceTo(millis(at));
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return {pass, abort, logged, asked, looked, count, findings, taken: () => taken};
}

test("damage is told once, however often it is come upon, and when all was looked at is known", async () => {
  const {pass, abort, logged, findings} = scrubbed([[], ["a row"], ["a node", "a row"]]);
  await pass(11_000);
  assert.equal(findings.roundOverAt, undefined);
  await pass(60_000);
  assert.deepEqual([...findings.damages], ["a row", "a node"]);
  assert.deepEqual(logged, ["error: a row", "error: a node"]);
  assert.equal(findings.roundOverAt, 1_060_000);
  abort.abort();
});

test("it ends when it is told to", async () => {
  const {pass, abort, logged, taken} = scrubbed([[]]);
  await pass(6_000);
  abort.abort(new Error("stopping"));
  await pass(60_000);
  assert.equal(taken(), 1);
  assert.deepEqual(logged, []);
});

test("what a peer has is mended, told with the peer, and no damage any more", async () => {
  const {pass, abort, logged, findings, count} = scrubbed([["a body", "a row"], []], () => "peer");
  await pass(6_000);
  assert.equal(count.mended, 1);
  assert.deepEqual([...findings.damages], ["a row"]);
  assert.equal(findings.mended, 1);
  assert.deepEqual(logged, ["warn: a body", "error: a row"]);
  abort.abort();
});

test("what no peer has is asked for again, once a minute, and mended when one comes that has it", async () => {
  let isThere = false;
  const {pass, abort, logged, asked, findings} = scrubbed([["a body"]], () =>
    isThere ? "peer" : undefined,
  );
  await pass(60_000);
  assert.deepEqual(asked, [5_000]);
  assert.deepEqual(logged, ["error: a body"]);
  isThere = true;
  await pass(66_000);
  assert.deepEqual(asked, [5_000, 65_000]);
  assert.deepEqual([findings.damages.size, findings.mended], [0, 1]);
  assert.deepEqual(logged, ["error: a body", "warn: a body"]);
  abort.abort();
});

test("what somebody came upon is looked at before the round goes on, where it is of the newest state", async () => {
  const {pass, abort, looked, findings} = scrubbed([[]]);
  await pass(6_000);
  const fault = new TrieFault("node-damaged", "\x12", new Uint8Array(32));
  findings.cameUpon(fault);
  findings.cameUpon(fault);
  findings.cameUpon(new Error("another"));
  const ofChild = new TrieFault("node-damaged", "\x13", new Uint8Array(32));
  ofChild.child = "0x00";
  findings.cameUpon(ofChild);
  await pass(11_000);
  assert.deepEqual(looked, ["\x12"]);
  abort.abort();
});

test("where asking for it fails, that is told, and looking goes on", async () => {
  const {pass, abort, logged, findings, taken} = scrubbed([["a body"], []], () => {
    throw new Error("the record is damaged as well");
  });
  await pass(16_000);
  assert.deepEqual([...findings.damages], ["a body"]);
  assert.deepEqual(logged, ["error: undefined", "error: a body"]);
  assert.equal(taken(), 3);
  abort.abort();
});

test("of many that are lost only some are asked for between two looks, and the others later", async () => {
  const bodies = Array.from({length: 6}, (_, i) => `a body ${i}`);
  const {pass, abort, asked, findings} = scrubbed([bodies], () => "peer");
  await pass(6_000);
  assert.deepEqual([asked.length, findings.mended, findings.damages.size], [4, 4, 2]);
  await pass(11_000);
  // Those that were mended are found once more here; the two that were left have their turn as well.
  assert.equal(asked.length, 8);
  abort.abort();
});

test("all rows of a damaged page are mended in their turn, four between two looks, and what nobody can mend stops no other", async () => {
  const page = Array.from({length: 130}, (_, i) => `a body ${i}`);
  const nobodys = page.slice(0, 110);
  const empty = Array.from({length: 200}, () => []);
  let had = 0;
  const {pass, abort, findings, count, asked} = scrubbed([page, ...empty], () =>
    had++ < nobodys.length ? undefined : "peer",
  );
  await pass(5_000 * 60);
  assert.ok(count.mended >= 20, `${count.mended} mended`);
  const bySecond = new Map<number, number>();
  for (const at of asked) bySecond.set(at, (bySecond.get(at) ?? 0) + 1);
  assert.ok(Math.max(...bySecond.values()) <= 4);
  assert.ok(findings.damages.size <= 100);
  abort.abort(new Error("over"));
});

test("a damage that no whole round has met any more is taken off", async () => {
  const once: string[][] = [["a row"], []];
  const {pass, abort, findings} = scrubbed(once);
  await pass(10_000);
  assert.deepEqual([...findings.damages], ["a row"]);
  once[0] = [];
  await pass(60_000);
  assert.deepEqual([...findings.damages], []);
  abort.abort(new Error("over"));
});
