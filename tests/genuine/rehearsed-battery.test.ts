import assert from "node:assert/strict";
import {test} from "node:test";
import {allSpecs} from "./support/all-specs.ts";
import {refusalOf, runRehearsed} from "./support/rehearsed-battery.ts";

const HELD = /^(ok|-|\d+)$/;
/** What no runtime's own network can be made of: no turns by Aura, too old to be described, a first state that only its own program makes,
 * or accounts that the kit does not have. */
const REFUSALS =
  /^(rehearsal-without-aura|rehearsal-not-described|genesis-not-built|genesis|accounts|genesis\.\w+): /;

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
    const refusal = refusalOf(text);
    if (refusal !== undefined) return assert.match(refusal, REFUSALS);
    for (const [what, seen] of Object.entries(await runRehearsed(text))) {
      if (what !== "runtime") assert.match(seen, HELD, what);
    }
  });
}
