import assert from "node:assert/strict";
import {test} from "node:test";
import {millis, VirtualClock} from "#base";
import {scrubDatabase} from "./scrub-database.ts";

/** A store whose steps find what is said, and the clock that brings them. */
function scrubbed(steps: readonly (readonly string[])[]) {
  const clock = new VirtualClock(millis(0));
  const abort = new AbortController();
  const logged: string[] = [];
  let taken = 0;
  const findings = scrubDatabase(
    {
      scrub: () =>
        ({
          step: () => {
            const damages = steps[taken % steps.length]!;
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
  return {pass, abort, logged, findings, taken: () => taken};
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
