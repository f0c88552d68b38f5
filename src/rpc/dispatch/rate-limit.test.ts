import assert from "node:assert/strict";
import {test} from "node:test";
import fc from "fast-check";
import {RateLimit} from "./rate-limit.ts";

test("a minute's worth at once, then one whenever its share has passed", () => {
  const limit = new RateLimit(60);
  for (let call = 0; call < 60; call++) assert.equal(limit.take(1_000), 0);
  assert.equal(limit.take(1_000), 1_000);
  assert.equal(limit.take(1_500), 500);
  assert.equal(limit.take(2_000), 0);
  assert.equal(limit.take(2_000), 1_000);
  assert.equal(limit.isFresh(2_000), false);
  assert.equal(limit.isFresh(2_000 + 60_000), true);
});

test("no stretch of a minute has more than two minutes' worth, and whoever waits as told is let through", () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 200}),
      fc.array(fc.integer({min: 0, max: 5_000}), {maxLength: 300}),
      (perMinute, gaps) => {
        const limit = new RateLimit(perMinute);
        const taken: number[] = [];
        let now = 1_000_000;
        for (const gap of gaps) {
          now += gap;
          const wait = limit.take(now);
          if (wait === 0) taken.push(now);
          else if (gap % 7 === 0) {
            now += wait;
            assert.equal(limit.take(now), 0);
            taken.push(now);
          }
        }
        for (const [i, from] of taken.entries()) {
          const within = taken.slice(i).filter(time => time < from + 60_000).length;
          assert.ok(within <= 2 * perMinute);
        }
      },
    ),
  );
});
