import assert from "node:assert/strict";
import {test} from "node:test";
import {allSpecs} from "./support/all-specs.ts";
import {refusalOf, runRehearsed} from "./support/rehearsed-battery.ts";

const HELD = /^(ok|-|\d+)$/;

const [npm, ...others] = await allSpecs();

test("four collators on statemine 900: turns, a session, a kick, silence, nodes that join; every block is judged valid", async () => {
  const {judged, ...row} = await runRehearsed(npm!.text);
  assert.deepEqual(row, {
    runtime: "statemine 900",
    turns: "ok",
    session: "ok",
    kick: "ok",
    silent: "ok",
    full: "ok",
    warp: "ok",
  });
  assert.ok(Number(judged) > 50, judged);
});

for (const {name, text} of others) {
  test(`the same on ${name}, as far as it has sessions, candidates and a relay chain; or it is refused by a code`, async () => {
    if (refusalOf(text) !== undefined) return;
    for (const [what, seen] of Object.entries(await runRehearsed(text))) {
      if (what !== "runtime") assert.match(seen, HELD, what);
    }
  });
}
