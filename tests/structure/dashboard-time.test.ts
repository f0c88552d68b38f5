import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {clockText, dayText, timeText} from "../../dashboard/src/text/time.ts";
import {momentText} from "../../src/cli/desk/moments.ts";

/** Up to the year 2100. */
const moment = fc.nat(4_102_444_800_000);

test("the dashboard and the command line write a moment alike, in one zone", () => {
  fc.assert(
    fc.property(moment, fc.integer({min: -200_000_000, max: 200_000_000}), (now, apart) => {
      const at = Math.max(0, now + apart);
      assert.equal(timeText(at, now), momentText(at, now));
      assert.ok(dayText(at).endsWith(momentText(at, at)));
      assert.equal(`${clockText(at)} UTC`, momentText(at, at));
    }),
  );
});
